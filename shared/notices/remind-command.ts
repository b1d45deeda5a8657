import type { OperatorAnswer, OperatorCommand } from "../../events/operator-command.ts";
import type { Migration } from "../contract/migration.ts";
import { requireMigration } from "../passes/amend-migration.ts";
import { cardDirectoryOf } from "./channels.ts";
import { canRemind, continueReminders, type RemindPorts, remindNamed, requestReminders } from "./remind.ts";
import type { ReminderCounts } from "./remind-accounts.ts";

/** 提醒: the members of these accounts, or all whose password is still awaited. What the time does not suffice for, the tick goes on with. */
export const remindCommand = async (
  app: RemindPorts,
  migration: Migration,
  { only }: Pick<Extract<OperatorCommand, { command: "remind" }>, "only">,
  remainingMilliseconds: () => number,
): Promise<OperatorAnswer> => {
  const { settings } = migration;
  if (!canRemind(migration)) return { outcome: "notCopying" };
  if (settings.notices.from === undefined && cardDirectoryOf(settings) === null) {
    return { outcome: "cannotReach" };
  }
  if (only !== undefined && only.length > 0) {
    return { outcome: "done", reminders: await remindNamed(app, migration, only) };
  }
  await requestReminders(app, migration);
  const end = await continueReminders(app, migration, remainingMilliseconds);
  const { reminders } = await requireMigration(app.migrations, migration.migrationId);
  return { outcome: end === "complete" ? "done" : "standing", reminders: countsOf(reminders) };
};

const countsOf = (reminders: Migration["reminders"]): ReminderCounts => ({
  reminded: reminders?.reminded ?? 0,
  tooEarly: reminders?.tooEarly ?? 0,
  undeliverable: reminders?.undeliverable ?? 0,
  ...(reminders?.tooEarlyUntil === undefined ? {} : { tooEarlyUntil: reminders.tooEarlyUntil }),
});
