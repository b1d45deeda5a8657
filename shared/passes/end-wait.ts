import type { MigrationId } from "../contract/ids.ts";
import type { WaitingPhase } from "../contract/phases.ts";
import type { MigrationStore } from "../ports/migration-store.ts";
import type { Workflow } from "../ports/workflow.ts";

export interface EndWaitPorts {
  readonly migrations: Pick<MigrationStore, "getTaskToken" | "deleteTaskToken">;
  readonly workflow: Pick<Workflow, "succeed">;
}

/**
 * Lets the workflow go on from a phase. The token is deleted only after the workflow has been told, so a crash in between
 * tells it a second time, to which it answers `gone`. `notWaiting`: no token is kept, because the phase has not been
 * opened or its wait has already ended.
 */
export const endWait = async (
  app: EndWaitPorts,
  id: MigrationId,
  phase: WaitingPhase,
): Promise<"told" | "notWaiting"> => {
  const token = await app.migrations.getTaskToken(id, phase);
  if (token === null) return "notWaiting";
  const answer = await app.workflow.succeed(token);
  await app.migrations.deleteTaskToken(id, phase, token);
  return answer === "told" ? "told" : "notWaiting";
};
