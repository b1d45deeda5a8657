import type { Account } from "../contract/account.ts";
import type { MemberId, PassNumber } from "../contract/ids.ts";
import type { Migration } from "../contract/migration.ts";
import { endAccount } from "../copy/end-account.ts";
import type { AccountStore } from "../ports/account-store.ts";
import type { MailboxKey } from "../ports/mailbox-store.ts";
import type { UserStore } from "../ports/user-store.ts";
import { sameMember } from "./directory.ts";
import { forEachBounded } from "./for-each-bounded.ts";
import { isAwaitingUser } from "./note-verified.ts";
import { type StartAccountsPorts, startAccounts } from "./start-accounts.ts";

export interface AwaitUserPorts extends StartAccountsPorts {
  readonly users: Pick<UserStore, "verified" | "putAwaited">;
}

interface LookPorts {
  readonly accounts: Pick<AccountStore, "get">;
  readonly users: Pick<UserStore, "verified">;
}

/** Records written at once. */
const atOnce = 24;

/**
 * Whether a public mailbox may not begin yet: passwords come one by one, and none of the members who use it has been let into their
 * own mailbox. One whose own password was seen to be right, or that was copied before, does not wait.
 */
export const mustAwaitUser = async (
  app: LookPorts,
  { settings }: Pick<Migration, "settings">,
  account: Account,
): Promise<boolean> =>
  settings.source.auth.kind === "password" &&
  account.verifiedAt === undefined &&
  account.totals === undefined &&
  account.kind === "public" &&
  account.users.length > 0 &&
  !(await hasVerifiedUser(app, account));

/** Lets a public mailbox wait; one whose user was verified this very moment starts after all (see `note-verified.ts`). */
export const awaitUser = async (app: AwaitUserPorts, account: Account, pass: PassNumber): Promise<void> => {
  if (account.kind !== "public") return;
  const { migrationId, address, users } = account;
  await forEachBounded(users, atOnce, (memberId) => app.users.putAwaited({ migrationId, memberId, address }));
  await endAccount(app, account, { status: "notStarted", reason: { kind: "awaitingUser" }, pass });
  await startIfUserVerified(app, account);
};

/** Looks once more whether a waiting mailbox may begin: what was cut off after it began to wait is made up for. */
export const startIfUserVerified = async (
  app: AwaitUserPorts,
  { migrationId, address }: MailboxKey,
): Promise<void> => {
  const account = await app.accounts.get(migrationId, address);
  if (account === null || !isAwaitingUser(account)) return;
  if (account.verifiedAt !== undefined || (await hasVerifiedUser(app, account)))
    await startAccounts(app, account, [address]);
};

const hasVerifiedUser = async (app: LookPorts, account: Account): Promise<boolean> => {
  if (account.kind !== "public") return false;
  for (const memberId of account.users) {
    if (await isVerified(app, account, memberId)) return true;
  }
  return false;
};

/** What was verified must still be the member's mailbox: accounts can be cleared and imported again. */
const isVerified = async (
  { accounts, users }: LookPorts,
  { migrationId }: MailboxKey,
  memberId: MemberId,
): Promise<boolean> => {
  const user = await users.verified(migrationId, memberId);
  const own = user === null ? null : await accounts.get(migrationId, user.address);
  return (
    own?.kind === "member" &&
    own.importedAt === user?.importedAt &&
    sameMember(own.memberId) === sameMember(memberId)
  );
};
