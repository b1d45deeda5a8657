import { MailboxWork } from "../../events/mailbox-work.ts";
import type { Account } from "../contract/account.ts";
import type { MailAddress } from "../contract/ids.ts";
import type { Migration } from "../contract/migration.ts";
import type { Pass } from "../contract/pass.ts";
import { beginPass } from "../copy/progress.ts";
import { requireMigration } from "../passes/amend-migration.ts";
import { keepUnsettled, openAgain } from "../passes/fanned-out.ts";
import { firstRound } from "../passes/first-round.ts";
import { type CopyingMigration, isCopying } from "../passes/participation.ts";
import type { AccountStore } from "../ports/account-store.ts";
import type { Clock } from "../ports/clock.ts";
import type { MigrationStore } from "../ports/migration-store.ts";
import type { WorkQueue } from "../ports/work-queue.ts";

export interface StartAccountsPorts {
  readonly clock: Clock;
  readonly migrations: Pick<MigrationStore, "get" | "replace">;
  readonly accounts: Pick<AccountStore, "get" | "replace">;
  readonly workQueue: Pick<WorkQueue, "send">;
}

/** Accounts read, sent and marked together: two SQS batches. */
const chunkSize = 20;

/**
 * Lets accounts that did not start, or failed, take part in the present pass (again): what kept them from it is mended, a password has
 * come. Addresses without an account, and accounts that are under way or completed, are passed over. Before the migration copies
 * there is nothing to do, because its first pass takes everyone along. Returns the addresses that were started.
 *
 * As in the fan-out the plan goes out before the account is marked. It carries a later round, so that SQS does not take it for the
 * one that ended, and begins the pass by itself when the caller dies in between. A pass that had settled is open again first.
 */
export const startAccounts = async (
  app: StartAccountsPorts,
  { migrationId }: Pick<Migration, "migrationId">,
  addresses: readonly MailAddress[],
): Promise<readonly MailAddress[]> => {
  const migration = await requireMigration(app.migrations, migrationId);
  if (!isCopying(migration)) return [];
  const started: MailAddress[] = [];
  for (let start = 0; start < addresses.length; start += chunkSize) {
    const waiting = await waitingAmong(app, migration, addresses.slice(start, start + chunkSize));
    if (waiting.length === 0) continue;
    if (started.length === 0) await openAgain(app.migrations, migrationId, migration.pass);
    await begin(app, waiting, migration.pass);
    started.push(...waiting.map(({ address }) => address));
  }
  // One that was not fanned out before is left to whoever is at it, or to the next tick.
  if (started.length > 0) await keepUnsettled(app.migrations, migrationId, migration.pass);
  return started;
};

const waitingAmong = async (
  { accounts }: StartAccountsPorts,
  { migrationId, pass }: CopyingMigration,
  addresses: readonly MailAddress[],
): Promise<readonly Account[]> => {
  const found = await Promise.all(addresses.map((address) => accounts.get(migrationId, address)));
  return found.filter((account) => account !== null).filter(({ state }) => isWaiting(state, pass));
};

const isWaiting = (state: Account["state"], pass: Pass): boolean =>
  (state.status === "notStarted" || state.status === "failed") && (state.pass ?? 0) <= pass.number;

const begin = async (app: StartAccountsPorts, accounts: readonly Account[], pass: Pass): Promise<void> => {
  const plans = accounts.map((account) => {
    const { migrationId, address } = account;
    const round = roundAfter(account, pass);
    return MailboxWork.parse({ work: "plan", migrationId, address, pass: pass.number, round });
  });
  await app.workQueue.send(plans);
  await Promise.all(plans.map((plan) => beginPass(app, plan, plan.pass, plan.round)));
};

/** An account that has not been in the pass yet begins it with the fan-out's own message. */
const roundAfter = (account: Account, pass: Pass): number | undefined => {
  const { state } = account;
  return state.pass === pass.number && (state.status === "notStarted" || state.status === "failed")
    ? (state.round ?? 0) + 1
    : firstRound(account, pass);
};
