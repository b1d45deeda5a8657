import type { Timestamp } from "../contract/ids.ts";
import type { Migration } from "../contract/migration.ts";
import type { LostWorkSearch, Pass } from "../contract/pass.ts";
import { accountShards } from "../contract/table.ts";
import { amendMigration } from "../passes/amend-migration.ts";
import { isCopying } from "../passes/participation.ts";
import type { AccountStore } from "../ports/account-store.ts";
import type { MigrationStore } from "../ports/migration-store.ts";
import type { WorkQueue } from "../ports/work-queue.ts";
import { secondsBetween } from "../time/moment.ts";
import { type RecoverAccountsPorts, recoverAccounts } from "./recover-accounts.ts";
import { isOnItsWay, silences } from "./silence.ts";

export interface RecoverLostPorts extends RecoverAccountsPorts {
  readonly migrations: Pick<MigrationStore, "get" | "replace">;
  readonly accounts: Pick<AccountStore, "page" | "replace">;
  readonly workQueue: Pick<WorkQueue, "send" | "backlog">;
}

/** Pages of at most 500 accounts read in one tick: 100,000 accounts are gone through in about a dozen. */
const pagesAtOnce = 20;

/** Time kept back to finish a page and the record before the Lambda is stopped. */
const reserveMilliseconds = 10_000;

/** Seconds from the beginning of one search to that of the next: reading 100,000 accounts every minute would cost nine dollars a day. */
const restSeconds = 900;

/**
 * Sets mailboxes going again whose message is gone from the copy queue: it was purged, it expired, or its workers died without a word
 * until it was a dead letter. Nothing else would ever call for them, and the pass would not end.
 *
 * What was lost cannot be told from what is late, only from how long nothing was heard of it (see `silence.ts`). So nothing is taken from
 * anybody: the plan of the account's own round is sent once more and stands behind whatever of the mailbox is on the queue after all.
 * Whichever comes first does the work; what comes later finds it done, or queues the rest. The silences are longer than the five
 * minutes in which SQS would drop the plan as a repetition. What was put back in vain is given up, so that the pass can end.
 *
 * A search too large for one tick is gone on with by the next.
 */
export const recoverLost = async (
  app: RecoverLostPorts,
  migration: Migration,
  remainingMilliseconds: () => number,
): Promise<void> => {
  if (!isCopying(migration) || migration.pass.settledAt !== undefined) return;
  const { migrationId, pass } = migration;
  const search = await searchIn(app, pass);
  if (search === null) return;
  let { next } = search;
  for (let pages = 0; next !== undefined && pages < pagesAtOnce; pages += 1) {
    if (remainingMilliseconds() < reserveMilliseconds) break;
    const { shard, after }: NonNullable<LostWorkSearch["next"]> = next;
    const page = await app.accounts.page(migrationId, shard, after);
    await recoverAccounts(app, page.accounts.filter(isOnItsWay), search.silence);
    if (page.next !== null) next = { shard, after: page.next };
    else next = shard + 1 < accountShards ? { shard: shard + 1, after: null } : undefined;
  }
  const { since, silence } = search;
  await keepSearch(app, migration, { since, silence, ...(next === undefined ? {} : { next }) });
};

/** Whether a search may be due, by what can be told without looking: before, nobody can have been silent for long enough. */
export const mayHaveLost = (migration: Migration, now: Timestamp): boolean =>
  isCopying(migration) &&
  migration.pass.settledAt === undefined &&
  secondsBetween(migration.pass.requestedAt, now) >= silences.idle;

/** The search to go on with, or a new one when it is time; null when it is not. One that is through has no `next`. */
const searchIn = async (app: RecoverLostPorts, pass: Pass): Promise<LostWorkSearch | null> => {
  const now = app.clock.now();
  const { requestedAt, search } = pass;
  if (search?.next !== undefined) return search;
  if (search !== undefined && secondsBetween(search.since, now) < restSeconds) return null;
  const open = secondsBetween(requestedAt, now);
  // Nobody can have been silent for longer than the pass is old.
  if (open < silences.idle) return null;
  const silence = (await app.workQueue.backlog()) === 0 ? silences.idle : silences.behind;
  return open < silence ? null : { since: now, silence, next: { shard: 0, after: null } };
};

const keepSearch = async (
  { migrations }: RecoverLostPorts,
  { migrationId, pass: { number } }: Extract<Migration, { pass: Pass }>,
  search: LostWorkSearch,
): Promise<void> => {
  await amendMigration(migrations, migrationId, (current) =>
    isCopying(current) && current.pass.number === number && current.pass.settledAt === undefined
      ? { ...current, pass: { ...current.pass, search } }
      : null,
  );
};
