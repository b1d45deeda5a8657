import { MailboxWork } from "../../events/mailbox-work.ts";
import { shards } from "../accounts/all-accounts.ts";
import type { Account } from "../contract/account.ts";
import type { Migration } from "../contract/migration.ts";
import { noticesToAsk } from "../notices/ask-members.ts";
import type { AccountPage, AccountStore } from "../ports/account-store.ts";
import type { Clock } from "../ports/clock.ts";
import type { MigrationStore } from "../ports/migration-store.ts";
import type { NoticeQueue } from "../ports/notice-queue.ts";
import type { WorkQueue } from "../ports/work-queue.ts";
import { requireMigration } from "./amend-migration.ts";
import { openAgain, setFannedOut } from "./fanned-out.ts";
import { firstRound } from "./first-round.ts";
import { type CopyingMigration, isCopying, standingOf } from "./participation.ts";

export interface FanOutPorts {
  readonly clock: Clock;
  readonly migrations: Pick<MigrationStore, "get" | "replace">;
  readonly accounts: Pick<AccountStore, "page" | "replace">;
  readonly workQueue: Pick<WorkQueue, "send">;
  readonly noticeQueue: Pick<NoticeQueue, "send">;
}

/** Accounts sent and marked together: two SQS batches, well under a second. */
const chunkSize = 20;

/** Time kept back to finish a chunk and the record before the Lambda is stopped. */
const reserveMilliseconds = 10_000;

/** What a caller has read already, a moment ago. */
export interface ReadAhead {
  readonly migration?: Migration;
  readonly firstPages?: Promise<readonly AccountPage[]> | undefined;
}

/**
 * Puts the plan of every account that has not begun the present pass on the queue. The message goes out before the account
 * is marked: a crash in between sends it once more, which does no harm, whereas a marked account without a message
 * would wait for ever. `interrupted` when the time ran out or another writer was at work; calling again goes on where it
 * stopped. Accounts imported after the pass was fanned out, or even settled, open it again.
 *
 * Members who are to be asked for a missing password are asked along with it, in the same order: notice, then mark.
 *
 * `remainingMilliseconds` tells how long the caller may still run.
 */
export const fanOut = async (
  app: FanOutPorts,
  { migrationId }: Pick<Migration, "migrationId">,
  remainingMilliseconds: () => number,
  ahead: ReadAhead = {},
): Promise<"complete" | "interrupted"> => {
  const migration = ahead.migration ?? (await requireMigration(app.migrations, migrationId));
  if (!isCopying(migration)) return "complete";
  const { pass } = migration;
  let left = false;
  let accounts = 0;
  for await (const page of pagesOf(app.accounts, migrationId, ahead.firstPages)) {
    accounts += page.length;
    for (const chunk of chunksOf(page.filter((account) => standingOf(account, pass) === "unstarted"))) {
      // Before the time is looked at: a settled pass that found new accounts must not look settled when nobody comes back to it.
      if (pass.fannedOut) await openAgain(app.migrations, migrationId, pass);
      if (remainingMilliseconds() < reserveMilliseconds) return "interrupted";
      if (!(await begin(app, chunk, migration))) left = true;
    }
  }
  if (left) return "interrupted";
  await setFannedOut(app.migrations, migration, accounts);
  return "complete";
};

/** False when another writer changed an account meanwhile, so that it must be looked at again. */
const begin = async (
  app: FanOutPorts,
  accounts: readonly Account[],
  migration: CopyingMigration,
): Promise<boolean> => {
  const { pass } = migration;
  await app.noticeQueue.send(noticesToAsk(migration, accounts));
  const plans = accounts.map((account) => {
    const { migrationId, address } = account;
    const round = firstRound(account, pass);
    return MailboxWork.parse({ work: "plan", migrationId, address, pass: pass.number, round });
  });
  // What was open when it was read may have settled since, and must not look settled once an account is marked.
  const opening = pass.fannedOut ? null : openAgain(app.migrations, migration.migrationId, pass);
  await Promise.all([app.workQueue.send(plans), opening]);
  const marked = await Promise.all(
    accounts.map((account) =>
      app.accounts.replace(account, {
        ...account,
        state: {
          status: "copying",
          pass: pass.number,
          since: app.clock.now(),
          done: { batches: 0, messages: 0, bytes: 0 },
          round: firstRound(account, pass),
        },
      }),
    ),
  );
  return !marked.includes(false);
};

/** The first page of each shard, all at once: most migrations have no second, and their operator waits for the first message to move. */
export const firstPagesOf = (
  accounts: FanOutPorts["accounts"],
  id: Migration["migrationId"],
): Promise<readonly AccountPage[]> => Promise.all(shards.map((shard) => accounts.page(id, shard, null)));

async function* pagesOf(
  accounts: FanOutPorts["accounts"],
  id: Migration["migrationId"],
  firstPages = firstPagesOf(accounts, id),
): AsyncGenerator<readonly Account[]> {
  for (const [shard, firstPage] of (await firstPages).entries()) {
    yield firstPage.accounts;
    for (let { next } = firstPage; next !== null; ) {
      const page: AccountPage = await accounts.page(id, shard, next);
      yield page.accounts;
      next = page.next;
    }
  }
}

function* chunksOf(accounts: readonly Account[]): Generator<readonly Account[]> {
  for (let start = 0; start < accounts.length; start += chunkSize)
    yield accounts.slice(start, start + chunkSize);
}
