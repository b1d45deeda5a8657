import type { Timestamp } from "../contract/ids.ts";
import type { Migration } from "../contract/migration.ts";
import { hasCome, secondsAfter } from "../time/moment.ts";
import { canRemind } from "./remind.ts";

/**
 * Whether everybody is to be reminded without an operator's asking. Counted from the last time everybody was; the first one comes as soon as
 * the history begins and finds nobody, because all have just been asked.
 */
export const areRemindersDue = (migration: Migration, now: Timestamp): boolean => {
  const { ask, remindEveryHours } = migration.settings.members;
  if (!ask || remindEveryHours === undefined || !canRemind(migration)) return false;
  const last = migration.reminders?.requestedAt ?? migration.createdAt;
  return hasCome(secondsAfter(last, remindEveryHours * 3_600), now);
};
