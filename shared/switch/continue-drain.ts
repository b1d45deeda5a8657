import type { MigrationId } from "../contract/ids.ts";
import { requireMigration } from "../passes/amend-migration.ts";
import { type FanOutPorts, fanOut } from "../passes/fan-out.ts";
import { requestPass } from "../passes/request-pass.ts";
import { isFinalPassDue } from "./drain.ts";

export type ContinueDrainPorts = FanOutPorts;

/** Begins the next final pass of a draining switch when it is due, and sends out whatever of the present pass is not out yet. */
export const continueDrain = async (
  app: ContinueDrainPorts,
  migrationId: MigrationId,
  remainingMilliseconds: () => number,
): Promise<void> => {
  const migration = await requireMigration(app.migrations, migrationId);
  if (migration.phase !== "switch") return;
  if (isFinalPassDue(migration, app.clock.now())) {
    await requestPass(app, migrationId, "final");
  } else if (migration.pass.fannedOut) {
    return;
  }
  await fanOut(app, migration, remainingMilliseconds);
};
