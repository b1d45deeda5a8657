import type { Timestamp } from "../contract/ids.ts";
import type { Migration } from "../contract/migration.ts";
import { hasCome, secondsAfter } from "../time/moment.ts";

/** Whether a delta pass begins now: so long after the last pass settled, while the switch is still awaited. */
export const isDeltaPassDue = (migration: Migration, now: Timestamp): boolean => {
  const awaiting =
    migration.phase === "history" ||
    (migration.phase === "switch" && migration.switch.stage === "awaitingMx");
  if (!awaiting || migration.pass.settledAt === undefined) return false;
  const rest = migration.settings.copy.deltaEveryMinutes * 60;
  return hasCome(secondsAfter(migration.pass.settledAt, rest), now);
};
