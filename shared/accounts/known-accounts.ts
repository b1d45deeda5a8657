import type { Account } from "../contract/account.ts";
import type { MailAddress, MigrationId, Timestamp } from "../contract/ids.ts";
import type { AccountStore } from "../ports/account-store.ts";
import { shardPages, shards } from "./all-accounts.ts";
import { sameMember } from "./directory.ts";

/** Of an imported account what later rows are compared with; not the whole record, because there may be 100,000. */
export interface KnownAccount {
  readonly address: MailAddress;
  readonly target: MailAddress;
  readonly importedAt: Timestamp;
  /** The run that last changed its name or department. */
  readonly amendedAt: Timestamp | null;
  readonly name: string;
  /** Null for a public mailbox. */
  readonly department: string | null;
  /** Whether it did not start in a pass that was there for it: a password may be what it waits for. */
  readonly isWaiting: boolean;
  /** The member, for a member's own mailbox. */
  readonly memberId: string | null;
  /** The users of a public mailbox, in order, as one string. */
  readonly users: string | null;
}

/** The accounts imported before, by address. */
export type KnownAccounts = ReadonlyMap<MailAddress, KnownAccount>;

const knownAccount = (account: Account): KnownAccount => ({
  address: account.address,
  target: account.target,
  importedAt: account.importedAt,
  amendedAt: account.amendedAt ?? null,
  name: account.name,
  department: account.kind === "member" ? account.department : null,
  isWaiting: account.state.status === "notStarted" && account.state.pass !== undefined,
  memberId: account.kind === "member" ? account.memberId : null,
  users: account.kind === "public" ? usersKey(account.users) : null,
});

/** Users are a set: their order and letter case make no difference. */
export const usersKey = (users: readonly string[]): string => users.map(sameMember).sort().join("\n");

/** Every account of a migration that is there already, by address. */
export const loadKnownAccounts = async (
  accounts: Pick<AccountStore, "page">,
  id: MigrationId,
): Promise<KnownAccounts> => {
  const known = new Map<MailAddress, KnownAccount>();
  await Promise.all(
    shards.map(async (shard) => {
      for await (const page of shardPages(accounts, id, shard))
        for (const account of page) known.set(account.address, knownAccount(account));
    }),
  );
  return known;
};
