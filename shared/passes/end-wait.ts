import type { MigrationIn } from "../contract/migration.ts";
import type { WaitingPhase } from "../contract/phases.ts";
import type { MigrationStore } from "../ports/migration-store.ts";
import type { Workflow } from "../ports/workflow.ts";
import { amendMigration } from "./amend-migration.ts";

export interface EndWaitPorts {
  readonly migrations: Pick<MigrationStore, "get" | "replace" | "earlierTaskToken">;
  readonly workflow: Pick<Workflow, "succeed">;
}

/**
 * Lets the workflow go on from the phase that a migration's record stands in. A token that was told stays in the record until the next
 * phase opens; told a second time, after a crash for instance, the workflow answers `gone`, and only then is the token
 * forgotten. `notWaiting`: there is none, because the wait has not begun, or it has ended.
 */
export const endWait = async (
  app: EndWaitPorts,
  { migrationId, phase, taskToken }: MigrationIn<WaitingPhase>,
): Promise<"told" | "notWaiting"> => {
  const token = taskToken ?? (await app.migrations.earlierTaskToken(migrationId, phase));
  if (token === null) return "notWaiting";
  if ((await app.workflow.succeed(token)) === "told") return "told";
  await amendMigration(app.migrations, migrationId, (current) => {
    if (current.phase !== phase || current.taskToken !== token) return null;
    const { taskToken: _gone, ...rest } = current;
    return rest;
  });
  return "notWaiting";
};
