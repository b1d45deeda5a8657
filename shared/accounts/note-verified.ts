import type { Account } from "../contract/account.ts";
import type { MemberId, Timestamp } from "../contract/ids.ts";
import { amendAccount } from "../copy/amend-account.ts";
import type { UserStore } from "../ports/user-store.ts";
import { sameMember } from "./directory.ts";
import { forEachBounded } from "./for-each-bounded.ts";
import { type StartAccountsPorts, startAccounts } from "./start-accounts.ts";

export interface NoteVerifiedPorts extends StartAccountsPorts {
  readonly users: Pick<UserStore, "putVerified" | "awaited">;
}

/** Accounts looked at, at once. */
const atOnce = 24;

/**
 * The source has let us into a mailbox for the first time: the public mailboxes that have waited for its member start, and so does a
 * public mailbox that has waited itself.
 *
 * First it is recorded that the member is verified, then the mailboxes are looked for; a public mailbox records that it waits and then
 * looks whether a user is verified (`await-user.ts`). Whichever comes second sees the other. The account is marked last, so that
 * what was cut off before is done again with the next login.
 */
export const noteVerified = async (app: NoteVerifiedPorts, account: Account): Promise<void> => {
  if (account.verifiedAt !== undefined) return;
  const at = app.clock.now();
  await announceVerified(app, account, at);
  const marked = await amendAccount(app, account, (stored) =>
    stored.verifiedAt === undefined ? { ...stored, verifiedAt: at } : null,
  );
  if (marked !== null && isAwaitingUser(marked)) await startAccounts(app, marked, [marked.address]);
};

/**
 * All of it but the mark, for a visit that is going to write the account anyway: `markedVerified` then carries the mark, behind this.
 * An account that is marked was announced.
 */
export const announceVerified = async (
  app: NoteVerifiedPorts,
  account: Account,
  at: Timestamp,
): Promise<void> => {
  if (account.verifiedAt !== undefined || account.kind !== "member") return;
  const { migrationId, memberId, address, importedAt } = account;
  await app.users.putVerified({ migrationId, memberId, address, importedAt, at });
  await startWaitingFor(app, account);
};

const startWaitingFor = async (
  app: NoteVerifiedPorts,
  { migrationId, memberId }: Extract<Account, { kind: "member" }>,
): Promise<void> => {
  const waiting: Account[] = [];
  const awaited = await app.users.awaited(migrationId, memberId);
  await forEachBounded(awaited, atOnce, async ({ address }) => {
    const account = await app.accounts.get(migrationId, address);
    if (account !== null && isAwaiting(account, memberId)) waiting.push(account);
  });
  if (waiting.length === 0) return;
  await startAccounts(
    app,
    { migrationId },
    waiting.map(({ address }) => address),
  );
};

/** The record of a wait outlives the wait, and the account it was made for. */
const isAwaiting = (account: Account, memberId: MemberId): boolean =>
  account.kind === "public" &&
  account.users.some((user) => sameMember(user) === sameMember(memberId)) &&
  isAwaitingUser(account);

/** Whether a public mailbox waits for one of its users to be verified. */
export const isAwaitingUser = ({ state }: Account): boolean =>
  state.status === "notStarted" && state.reason.kind === "awaitingUser";
