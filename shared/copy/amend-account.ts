import type { Account } from "../contract/account.ts";
import { MailferryError } from "../contract/errors.ts";
import { keys } from "../contract/table.ts";
import type { AccountStore } from "../ports/account-store.ts";
import type { MailboxKey } from "../ports/mailbox-store.ts";

/** More conflicting writers in a row are no coincidence of a worker, a fan-out and an import. */
const attempts = 20;

/** Where accounts are amended. */
export interface AmendPorts {
  readonly accounts: Pick<AccountStore, "get" | "replace"> & Partial<Recalled>;
}

/** Accounts as their worker has just read or written them. */
export interface Recalled {
  recall(mailbox: MailboxKey): Account | null;
}

/**
 * Reads, decides and writes an account until nobody else wrote in between. `decide` returns null to leave it as it is.
 * Null when there is no such account (any more). What is recalled need not be read: it is written over only if it still stands so.
 */
export const amendAccount = async (
  { accounts }: AmendPorts,
  mailbox: MailboxKey,
  decide: (account: Account) => Account | null,
): Promise<Account | null> => {
  const { migrationId, address } = mailbox;
  const recalled = accounts.recall?.(mailbox) ?? null;
  const wanted = recalled === null ? null : decide(recalled);
  if (recalled !== null && wanted !== null && (await accounts.replace(recalled, wanted))) return wanted;
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const account = await accounts.get(migrationId, address);
    const next = account === null ? null : decide(account);
    if (account === null || next === null) return account;
    if (await accounts.replace(account, next)) return next;
  }
  const { pk, sk } = keys.account(migrationId, address);
  throw new MailferryError("RecordUnreadable", {
    key: `${pk} ${sk}`,
    reason: `other writers changed it ${attempts} times in a row`,
  });
};
