import type { MailAddress } from "../contract/ids.ts";
import type { Migration } from "../contract/migration.ts";
import type { Reminders } from "../contract/notice.ts";
import { accountShards } from "../contract/table.ts";
import { takesPasswords } from "../credentials/password-needed.ts";
import { amendMigration, requireMigration } from "../passes/amend-migration.ts";
import { isCopying } from "../passes/participation.ts";
import type { AccountStore } from "../ports/account-store.ts";
import type { MigrationStore } from "../ports/migration-store.ts";
import {
  earlier,
  type RemindAccountsPorts,
  type ReminderCounts,
  remindAccounts,
  untilOf,
} from "./remind-accounts.ts";

export interface ContinueRemindersPorts extends RemindAccountsPorts {
  readonly migrations: Pick<MigrationStore, "get" | "replace">;
  readonly accounts: Pick<AccountStore, "page">;
}

export interface RemindPorts extends ContinueRemindersPorts {
  readonly accounts: Pick<AccountStore, "get" | "page">;
}

/** Time kept back to end a page: five hundred messages in batches of ten. */
const reserveMilliseconds = 15_000;

/** Whether members of the migration may be reminded at all: it copies, and wants their passwords. */
export const canRemind = (migration: Migration): boolean => isCopying(migration) && takesPasswords(migration);

/** Reminds the members of these accounts, also those whom the last notice did not reach: the operator means them. */
export const remindNamed = async (
  app: RemindPorts,
  migration: Migration,
  addresses: readonly MailAddress[],
): Promise<ReminderCounts> => {
  const { migrationId } = migration;
  const found = await Promise.all(
    [...new Set(addresses)].map((address) => app.accounts.get(migrationId, address)),
  );
  const accounts = found.filter((account) => account !== null);
  return remindAccounts(app, migration, accounts, { despiteFailure: true });
};

/** Begins to remind everybody; where that is under way already it goes on. Going on is `continueReminders`' affair. */
export const requestReminders = async (
  app: Pick<RemindPorts, "clock" | "migrations">,
  { migrationId }: Pick<Migration, "migrationId">,
): Promise<void> => {
  await amendMigration(app.migrations, migrationId, (current) =>
    current.reminders !== undefined && !areDone(current.reminders)
      ? null
      : {
          ...current,
          reminders: { requestedAt: app.clock.now(), shard: 0, reminded: 0, tooEarly: 0, undeliverable: 0 },
        },
  );
};

/**
 * Reminds everybody, a page of accounts at a time: first the page's messages go out, then it is recorded that they did. A crash in between
 * sends them once more, and `send-notice` drops those. `interrupted` when the time ran out; calling again goes on there.
 */
export const continueReminders = async (
  app: ContinueRemindersPorts,
  { migrationId }: Pick<Migration, "migrationId">,
  remainingMilliseconds: () => number,
): Promise<"complete" | "interrupted"> => {
  let migration = await requireMigration(app.migrations, migrationId);
  for (;;) {
    const { reminders } = migration;
    if (reminders === undefined || areDone(reminders)) return "complete";
    if (remainingMilliseconds() < reserveMilliseconds) return "interrupted";
    const page = canRemind(migration)
      ? await app.accounts.page(migrationId, reminders.shard, reminders.after ?? null)
      : nobody;
    const counts = await remindAccounts(app, migration, page.accounts, {});
    const next = advance(reminders, counts, page.next);
    migration = await amendMigration(app.migrations, migrationId, (current) =>
      isSamePlace(current.reminders, reminders) ? { ...current, reminders: next } : null,
    );
  }
};

/** Whether somebody is still to be reminded of those whom it was asked for. */
export const areUnderWay = ({ reminders }: Pick<Migration, "reminders">): boolean =>
  reminders !== undefined && !areDone(reminders);

/** Whether everybody has been gone over. */
const areDone = ({ shard }: Pick<Reminders, "shard">): boolean => shard >= accountShards;

const nobody = { accounts: [], next: null } as const;

const advance = (
  { after: _after, ...reminders }: Reminders,
  counts: ReminderCounts,
  next: MailAddress | null,
): Reminders => ({
  ...reminders,
  shard: next === null ? reminders.shard + 1 : reminders.shard,
  ...(next === null ? {} : { after: next }),
  reminded: reminders.reminded + counts.reminded,
  tooEarly: reminders.tooEarly + counts.tooEarly,
  undeliverable: reminders.undeliverable + counts.undeliverable,
  ...untilOf(earlier(reminders.tooEarlyUntil, counts.tooEarlyUntil)),
});

/** The counts hold for the page they were made over; one that somebody else went over meanwhile is counted there. */
const isSamePlace = (current: Reminders | undefined, seen: Reminders): boolean =>
  current?.requestedAt === seen.requestedAt && current.shard === seen.shard && current.after === seen.after;
