import type { Account } from "../contract/account.ts";
import { MailferryError } from "../contract/errors.ts";
import { keys } from "../contract/table.ts";
import type { AccountStore } from "../ports/account-store.ts";
import type { MailboxKey } from "../ports/mailbox-store.ts";

/** More conflicting writers in a row are no coincidence of a worker, a fan-out and an import. */
const attempts = 20;

/**
 * Reads, decides and writes an account until nobody else wrote in between. `decide` returns null to leave it as it is.
 * Null when there is no such account (any more).
 */
export const amendAccount = async (
  { accounts }: { readonly accounts: Pick<AccountStore, "get" | "replace"> },
  { migrationId, address }: MailboxKey,
  decide: (account: Account) => Account | null,
): Promise<Account | null> => {
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
