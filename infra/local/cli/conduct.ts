import type { OperatorCommand } from "../../../events/operator-command.ts";
import type { MigrationId } from "../../../shared/contract/ids.ts";
import type { EndedImportRun } from "../../../shared/contract/import-run.ts";
import type { Migration, MigrationIn } from "../../../shared/contract/migration.ts";
import { objectKeys } from "../../../shared/contract/objects.ts";
import type { HeldSettings } from "../../../shared/contract/settings.ts";
import { type Baselines, baselinesOf } from "../../../shared/report/run-document.ts";
import type { MigrateArguments } from "./arguments.ts";
import { awaitMigration, showStanding, type Watch } from "./await-phase.ts";
import { ensureExecution, startExecution } from "./executions.ts";
import { type FetchedReport, fetchReport } from "./fetch-report.ts";
import { findMeant, newMigrationId } from "./find-migration.ts";
import { holdInSecretsManager } from "./hold-secret.ts";
import { holdSettings, type ReadSettings } from "./hold-settings.ts";
import { invokeFunction } from "./operate.ts";
import type { Pipeline } from "./pipeline.ts";
import type { Progress } from "./progress.ts";
import { readAccounts } from "./read-accounts.ts";
import { refuseUnusableImport } from "./refuse-unusable-import.ts";
import { readAccountsFile, uploadAccounts } from "./upload-accounts.ts";

/** One migration as it is ordered: what to move and how far to go. */
export interface Order {
  readonly read: ReadSettings;
  readonly accountsFile: string;
  readonly through: MigrateArguments["through"];
  /** Called once when everything is copied and only the MX change is missing. */
  readonly awaitingMx: (migration: MigrationIn<"switch">) => Promise<void>;
}

/** What came of it. */
export interface Conducted {
  readonly migrationId: MigrationId;
  readonly imported: EndedImportRun;
  /** What each mailbox had before this run: what is more now is this run's. */
  readonly baselines: Baselines;
  /** As things stood when the goal was reached. */
  readonly report: FetchedReport;
}

type Copying = MigrationIn<"history" | "switch" | "closed">;

/**
 * Takes a migration through its phases: begins it or takes up the recorded one, imports the sheet, waits for the pass,
 * then for the switch, and fetches the report. Everything it does may have been done before; it only asks for what is
 * missing.
 * @throws UnusableInput, WorkflowEnded, FunctionFailed
 */
export const conduct = async (pipeline: Pipeline, order: Order, progress: Progress): Promise<Conducted> => {
  const { settings, directory } = order.read;
  const known = await findMeant(pipeline.migrations, settings);
  const migrationId = known?.migrationId ?? settings.migrationId ?? newMigrationId(settings.domain);
  const [held, baselines, sheet] = await Promise.all([
    holdSettings(order.read, migrationId, holdInSecretsManager(pipeline.secretsManager)),
    known === null ? baselinesOf([]) : readAccounts(pipeline.accounts, migrationId).then(baselinesOf),
    readAccountsFile(order.accountsFile),
    directory === null
      ? null
      : pipeline.objects.write(objectKeys.directory(migrationId), directory, "application/json"),
  ]);
  if (known !== null) await operate(pipeline, { command: "changeSettings", migrationId, settings: held });
  const watch: Watch = {
    pipeline,
    migrationId,
    progress,
    executionArn: await execution(pipeline, known, order.read, migrationId, held),
  };
  const begun = await awaitMigration(watch, ({ phase }) => phase !== "domain");
  if (known === null) progress.show(begun, []);
  else await showStanding(watch, begun);
  const isLast = order.through !== "accounts";
  const imported = refuseUnusableImport(
    await uploadAccounts(pipeline, migrationId, sheet, isLast),
    order.accountsFile,
  );
  let reached = begun;
  if (isLast) {
    reached = await bringUpToDate(watch, isCopying(begun));
    if (order.through === "switch") reached = await throughSwitch(watch, order);
  }
  const report = await fetchReport(pipeline, migrationId);
  progress.end(reached, report.document);
  return { migrationId, imported, baselines, report };
};

/** A closed migration has no workflow any more; every other one has, or gets one again. */
const execution = async (
  { stepFunctions, outputs }: Pipeline,
  known: Migration | null,
  { settings }: ReadSettings,
  migrationId: MigrationId,
  held: HeldSettings,
): Promise<string | null> => {
  if (known?.phase === "closed") return null;
  // One that nobody has named before cannot have a workflow.
  const begin = known === null && settings.migrationId === undefined ? startExecution : ensureExecution;
  return begin(stepFunctions, outputs.StateMachineArn, migrationId, held);
};

/** Waits for the pass that runs; where one had been made before this run, another follows it. */
const bringUpToDate = async (watch: Watch, again: boolean): Promise<Migration> => {
  const settled = await awaitMigration(watch, hasSettled);
  if (!again || !isCopying(settled)) return settled;
  await showStanding(watch, settled);
  await operate(watch.pipeline, { command: "startPass", migrationId: watch.migrationId });
  return awaitMigration(
    watch,
    (migration) =>
      isCopying(migration) && migration.pass.number > settled.pass.number && hasSettled(migration),
  );
};

const throughSwitch = async (watch: Watch, order: Order): Promise<Migration> => {
  const migration = await awaitMigration(watch, ({ phase }) => phase === "switch" || phase === "closed");
  await showStanding(watch, migration);
  if (migration.phase === "switch" && migration.switch.stage === "awaitingMx")
    await order.awaitingMx(migration);
  return awaitMigration(watch, (current) => current.phase === "closed" && hasSettled(current));
};

const isCopying = (migration: Migration): migration is Copying =>
  migration.phase === "history" || migration.phase === "switch" || migration.phase === "closed";

const hasSettled = (migration: Migration): boolean =>
  isCopying(migration) && migration.pass.settledAt !== undefined;

const operate = async (pipeline: Pipeline, command: OperatorCommand): Promise<void> => {
  await invokeFunction(pipeline.lambda, pipeline.outputs.OperatorCommandFunctionName, command);
};
