import { writeFile } from "node:fs/promises";
import type { MeterReadings } from "../../../shared/cost/meters.ts";
import { countedBetween, price } from "../../../shared/cost/price.ts";
import type { RunDocument } from "../../../shared/report/report-document.ts";
import { runDocument } from "../../../shared/report/run-document.ts";
import type { MigrateArguments } from "./arguments.ts";
import type { Conducted } from "./conduct.ts";
import type { ExitStatus } from "./exit-status.ts";
import { terminalLanguage } from "./language.ts";
import type { Pipeline } from "./pipeline.ts";
import { printable, printableJson } from "./printable.ts";
import { reasonsIn } from "./reasons-in.ts";
import { runStatus } from "./run-status.ts";
import { fetchErrors } from "./save-errors.ts";
import { accountsShown, summaryLines } from "./summary.ts";
import { rowProblem } from "./upload-problems.ts";

type Through = MigrateArguments["through"];

/** How a run's end is to be told, and what it counted. */
export interface Finish {
  readonly startedAt: number;
  /** What the pipeline had counted when the run began, and what it has counted by now; empty where nobody counts. */
  readonly meters: { readonly before: MeterReadings; readonly after: MeterReadings };
  readonly through: Through;
  readonly accountsFile: string;
  readonly reportFile: string | undefined;
  readonly json: boolean;
}

/** Writes and prints the report of a run and says with which status the command ends. */
export const finish = async (
  pipeline: Pick<Pipeline, "accounts" | "clock" | "memberLinks" | "objects">,
  { imported, baselines, report: { document, workbook } }: Conducted,
  { startedAt, meters, through, accountsFile, reportFile, json }: Finish,
): Promise<ExitStatus> => {
  if (reportFile !== undefined) await writeFile(reportFile, await workbook());
  const counted = countedBetween(meters.before, meters.after);
  const seconds = Math.round(performance.now() - startedAt) / 1_000;
  const free = runDocument(document, baselines, { seconds, cost: price(counted, 0) });
  const phase = phaseOf(free, through);
  const run: RunDocument = { ...free, phase, cost: price(counted, free.bytes.copied) };

  const rowErrors = imported.outcome === "imported" ? imported.errors : [];
  for (const error of rowErrors) process.stderr.write(`${printable(rowProblem(error, accountsFile))}\n`);
  if (imported.outcome === "imported")
    for (const sentence of await fetchErrors(pipeline, imported, accountsFile, reportFile))
      process.stderr.write(`${printable(sentence)}\n`);
  if (json) process.stdout.write(`${printableJson(run)}\n`);
  else await printSummary(pipeline, run);
  return runStatus(run, rowErrors.length);
};

const printSummary = async (
  pipeline: Pick<Pipeline, "accounts" | "clock" | "memberLinks">,
  run: RunDocument,
): Promise<void> => {
  const language = terminalLanguage();
  const lines = summaryLines(await reasonsIn(language, pipeline, run, accountsShown), language);
  process.stdout.write(`${lines.map(printable).join("\n")}\n`);
};

/** A command that was asked to go through the history ends there, although the workflow waits for the switch from that moment on. */
const phaseOf = ({ phase }: Pick<RunDocument, "phase">, through: Through): RunDocument["phase"] =>
  through === "history" && phase === "switch" ? "history" : phase;
