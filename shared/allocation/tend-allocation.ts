import type { Migration } from "../contract/migration.ts";
import { hasCome, secondsAfter } from "../time/moment.ts";
import { type AllocatePorts, allocate } from "./allocate.ts";

/** How long whoever joins later may have to wait for an address; the directory itself is not read more often either. Seconds. */
const restSeconds = 3_600;

/** Whether the new mailboxes are there: every name server sends the domain's mail to them. */
export const isSwitched = (migration: Migration): boolean =>
  migration.phase === "closed" || (migration.phase === "switch" && migration.switch.stage === "draining");

/**
 * Once the switch is verified, gives members left over their addresses if the settings say so, and looks every hour whether others
 * have joined. What a run does not get done the next one does.
 * @throws DirectoryUnreadable
 */
export const tendAllocation = async (
  app: AllocatePorts,
  migration: Migration,
  remainingMilliseconds: () => number,
): Promise<void> => {
  if (migration.settings.allocation !== "assign" || !isSwitched(migration)) return;
  const { migrationId } = migration;
  const endedAt = await app.allocations.endedAt(migrationId);
  if (endedAt !== null && !hasCome(secondsAfter(endedAt, restSeconds), app.clock.now())) return;
  const { outcome } = await allocate(app, migration, true, remainingMilliseconds);
  if (outcome !== "unfinished") await app.allocations.noteEnded(migrationId, app.clock.now());
};
