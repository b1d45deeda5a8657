import { shards } from "../accounts/all-accounts.ts";
import type { MigrationId } from "../contract/ids.ts";
import type { Migration, MigrationIn } from "../contract/migration.ts";
import { amendMigration, requireMigration } from "../passes/amend-migration.ts";
import { type EndWaitPorts, endWait } from "../passes/end-wait.ts";
import type { AccountStore } from "../ports/account-store.ts";
import type { Clock } from "../ports/clock.ts";

export interface EndAccountsPhasePorts extends EndWaitPorts {
  readonly clock: Clock;
}

export interface FinishAccountsPorts extends EndAccountsPhasePorts {
  readonly accounts: Pick<AccountStore, "page">;
}

/**
 * 下一步, as an operator says it: no more accounts are waited for, if there is any at all. `notWaiting` when the migration has not come so
 * far yet, `alreadyDone` when it is past it.
 * @throws MigrationUnknown
 */
export const finishAccounts = async (
  app: FinishAccountsPorts,
  migrationId: MigrationId,
): Promise<"notWaiting" | "noAccounts" | "alreadyDone" | "done"> => {
  const [found, isAnyThere] = await Promise.all([
    requireMigration(app.migrations, migrationId),
    hasAccount(app.accounts, migrationId),
  ]);
  if (found.phase === "domain") return "notWaiting";
  return found.phase === "accounts" && !isAnyThere ? "noAccounts" : endAccountsPhase(app, found);
};

/**
 * Ends phase 2 of a migration that has accounts, as soon as it has begun; once more, it changes nothing. The wish is recorded before the
 * wait is ended: a workflow that comes to its wait only afterwards, or once more, finds it there.
 *
 * @param found the migration as it was read just now
 */
export const endAccountsPhase = async (
  app: EndAccountsPhasePorts,
  found: Migration,
): Promise<"alreadyDone" | "done"> => {
  if (!isBeforeHistory(found)) return "alreadyDone";
  const now = app.clock.now();
  const finished = await amendMigration(
    app.migrations,
    found.migrationId,
    (current) =>
      isBeforeHistory(current) && current.finishedAt === undefined ? { ...current, finishedAt: now } : null,
    found,
  );
  if (finished.phase === "accounts") await endWait(app, finished);
  return "done";
};

const isBeforeHistory = (migration: Migration): migration is MigrationIn<"domain" | "accounts"> =>
  migration.phase === "domain" || migration.phase === "accounts";

/** One account of each shard is asked for at the same time: the operator waits. */
const hasAccount = async (accounts: FinishAccountsPorts["accounts"], id: MigrationId): Promise<boolean> => {
  const first = await Promise.all(shards.map((shard) => accounts.page(id, shard, null, 1)));
  return first.some((page) => page.accounts.length > 0);
};
