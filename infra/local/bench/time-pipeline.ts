import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp } from "node:fs/promises";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { z } from "zod";
import type { Reached } from "./distant.ts";
import { type MasterTarget, writeMigrationFiles } from "./migration-files.ts";

const Probed = z.object({
  seconds: z.number(),
  secondsWithBoot: z.number(),
  copied: z.number(),
  messages: z.number().positive(),
  megabytesBefore: z.number().positive(),
  megabytesAtMost: z.number().positive(),
  writes: z.number(),
});

/** What one run through the whole local pipeline took. */
export interface PipelineRun {
  /** From the settings to the report; the boot is not part of it. */
  readonly seconds: number;
  /** From the start of the process to the report: synthesis where it is due, boot, loading of the functions, and the migration. */
  readonly secondsWithBoot: number;
  readonly messages: number;
  /** Memory of the process when copying began, in megabytes: the local cloud with its functions loaded. */
  readonly megabytesBefore: number;
  /** The most memory it held from then on; the local cloud and all its workers live in it. */
  readonly megabytesAtMost: number;
  /** DynamoDB writes for 1,000 messages. */
  readonly writesPerThousand: number;
}

/** Moves the mailboxes through the whole pipeline, from sheet to report, in a process and a data directory of its own. */
export const timePipeline = async (
  source: Reached,
  target: MasterTarget,
  users: readonly string[],
  directory: string,
): Promise<PipelineRun> => {
  const own = await mkdtemp(join(directory, "pipeline-"));
  const { settings, accounts } = await writeMigrationFiles(own, source, target, users);
  const words = ["--settings", settings, "--accounts", accounts, "--data", join(own, "cloud")];
  const child = spawn(process.execPath, [join(import.meta.dirname, "pipeline-probe.ts"), ...words], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [printed, [code]] = await Promise.all([text(child.stdout), once(child, "exit")]);
  if (code !== 0) throw new Error(`the migration ended with ${String(code)}`);
  const { copied, writes, ...run } = Probed.parse(JSON.parse(printed));
  if (copied !== run.messages)
    throw new Error(`${copied} of ${run.messages} messages were copied: this run proves nothing`);
  return { ...run, writesPerThousand: (1_000 * writes) / run.messages };
};
