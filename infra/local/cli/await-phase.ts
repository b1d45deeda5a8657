import { z } from "zod";
import type { MigrationId } from "../../../shared/contract/ids.ts";
import type { Migration } from "../../../shared/contract/migration.ts";
import { storedSentence } from "../../../shared/contract/stored-error.ts";
import { keys } from "../../../shared/contract/table.ts";
import { executionEnd } from "./executions.ts";
import { terminalLanguage } from "./language.ts";
import type { Pipeline } from "./pipeline.ts";
import type { Progress } from "./progress.ts";
import { readAccounts } from "./read-accounts.ts";

/** The workflow ended although what was waited for had not come about. */
export class WorkflowEnded extends Error {
  override readonly name = "WorkflowEnded";
  /** The vocabulary's name of what ended it, or Step Functions' own. */
  readonly errorName: string;

  constructor(errorName: string, message: string) {
    super(message);
    this.errorName = errorName;
  }
}

/** What is waited for, and where to look. */
export interface Watch {
  readonly pipeline: Pipeline;
  readonly migrationId: MigrationId;
  /** Null when no workflow runs: a closed migration that is only brought up to date. */
  readonly executionArn: string | null;
  readonly progress: Progress;
}

/** Milliseconds between two pictures of all accounts at least; a person reads no faster. */
const showEvery = 1_000;

/** And at least so many times as long as the last one took to be read, which with 100,000 accounts is a while. */
const timesAsLong = 5;

/**
 * Looks at the migration until `reached` says so, showing progress. The migration's own record is one read and looked at often;
 * the accounts and the workflow's end only now and then. How things stand when it is reached is not shown. @throws WorkflowEnded
 */
export const awaitMigration = async (
  { pipeline, migrationId, executionArn, progress }: Watch,
  reached: (migration: Migration) => boolean,
): Promise<Migration> => {
  const since = performance.now();
  let showAt = since + showEvery;
  using looks = pipeline.looksAt(keys.migration(migrationId));
  for (;;) {
    const migration = await pipeline.migrations.get(migrationId);
    if (migration !== null && reached(migration)) return migration;
    const began = performance.now();
    if (began >= showAt) {
      if (migration !== null) await showStanding({ pipeline, migrationId, progress }, migration);
      await refuseFailure(pipeline, executionArn, migrationId);
      const ended = performance.now();
      showAt = ended + Math.max(showEvery, timesAsLong * (ended - began));
    }
    await looks.again(performance.now() - since);
  }
};

/** Shows how a migration and all its accounts stand. */
export const showStanding = async (
  { pipeline, migrationId, progress }: Pick<Watch, "pipeline" | "migrationId" | "progress">,
  migration: Migration,
): Promise<void> => progress.show(migration, await readAccounts(pipeline.accounts, migrationId));

/** @throws WorkflowEnded when the workflow has failed, with the failure that the migration's record keeps, if it does */
const refuseFailure = async (
  { stepFunctions, migrations }: Pipeline,
  executionArn: string | null,
  migrationId: MigrationId,
): Promise<void> => {
  const end = executionArn === null ? null : await executionEnd(stepFunctions, executionArn);
  if (end === null || end.succeeded) return;
  // Read after the end: what the workflow did last was to record why.
  const known = (await migrations.get(migrationId))?.failure?.error;
  throw new WorkflowEnded(
    known?.name ?? end.error,
    known === undefined ? wordsOf(end.cause) || end.error : storedSentence(known, terminalLanguage()),
  );
};

const FunctionFailure = z.object({ errorMessage: z.string() });

/** A function's failure arrives as JSON inside the cause; anything else is shown as it is. */
const wordsOf = (cause: string): string => {
  try {
    return FunctionFailure.parse(JSON.parse(cause)).errorMessage;
  } catch {
    return cause;
  }
};
