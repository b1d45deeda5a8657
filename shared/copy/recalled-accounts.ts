import type { Account } from "../contract/account.ts";
import type { AccountStore } from "../ports/account-store.ts";
import type { Recalled } from "./amend-account.ts";

/** The same accounts, of which one is kept as it was last seen: a visit amends it several times and is most often alone at it. */
export const recalledAccounts = (accounts: AccountStore): AccountStore & Recalled => {
  let seen: Account | null = null;
  const noteSeen = (account: Account | null): Account | null => {
    seen = account;
    return account;
  };
  return {
    get: async (id, address) => noteSeen(await accounts.get(id, address)),
    replace: async (previous, next) => {
      const isReplaced = await accounts.replace(previous, next);
      noteSeen(isReplaced ? next : null);
      return isReplaced;
    },
    createAll: (created) => accounts.createAll(created),
    remove: (account) => accounts.remove(account),
    page: (...which) => accounts.page(...which),
    mayHaveOpen: (id) => accounts.mayHaveOpen(id),
    recall: ({ migrationId, address }) =>
      seen?.migrationId === migrationId && seen.address === address ? seen : null,
  };
};
