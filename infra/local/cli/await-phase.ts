import { setTimeout as pause } from "node:timers/promises";
import { z } from "zod";
import type { MigrationId } from "../../../shared/contract/ids.ts";
import type { Migration } from "../../../shared/contract/migration.ts";
import { storedSentence } from "../../../shared/contract/stored-error.ts";
import { executionEnd } from "./executions.ts";
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

/** Milliseconds between two looks: short enough for a small migration's seconds, cheap enough for a large one's days. */
const lookEvery = 300;

/** Looks at the migration until `reached` says so, showing progress. @throws WorkflowEnded */
export const awaitMigration = async (
  { pipeline, migrationId, executionArn, progress }: Watch,
  reached: (migration: Migration) => boolean,
): Promise<Migration> => {
  for (;;) {
    const end = executionArn === null ? null : await executionEnd(pipeline.stepFunctions, executionArn);
    const migration = await pipeline.migrations.get(migrationId);
    if (migration !== null) {
      progress.show(migration, await readAccounts(pipeline.accounts, migrationId));
      if (reached(migration)) return migration;
    }
    if (end !== null && !end.succeeded) {
      const known = migration?.failure?.error;
      throw new WorkflowEnded(
        known?.name ?? end.error,
        known === undefined ? wordsOf(end.cause) || end.error : storedSentence(known, "en"),
      );
    }
    await pause(lookEvery);
  }
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
