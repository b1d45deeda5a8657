import { Account } from "../../../shared/contract/account.ts";
import { MailAddress } from "../../../shared/contract/ids.ts";
import { accountShards, keys, openPartition, shardOf } from "../../../shared/contract/table.ts";
import type { AccountStore } from "../../../shared/ports/account-store.ts";
import type { ItemExtras, StateTable } from "./state-table.ts";

/** Accounts in the state table, spread over shards; those whose pass runs stand in the open index. */
export const dynamoAccountStore = (table: StateTable): AccountStore => ({
  get: (id, address) => table.get(keys.account(id, address), Account),
  createAll: (accounts) =>
    table.createAll(
      accounts.map((account) => ({
        key: keys.account(account.migrationId, account.address),
        record: account,
        extras: openExtras(account),
      })),
    ),
  replace: (previous, next) =>
    table.replace(keys.account(next.migrationId, next.address), previous, next, openExtras(next)),
  remove: (account) => table.removeUnchanged(keys.account(account.migrationId, account.address), account),
  page: async (id, shard, after, atMost = 500) => {
    const range = { ...keys.accounts(id, shard), ...(after === null ? {} : { after }) };
    const { records, next } = await table.page(range, Account, atMost);
    return { accounts: records, next: next === null ? null : MailAddress.parse(next) };
  },
  // While many are open the first shard tells; when the pass draws to its end, all are asked at once.
  mayHaveOpen: async (id) => {
    // A large pass is begun shard by shard: of its last one accounts are open until the end, and so most often one look is enough.
    const latest = accountShards - 1;
    if (await table.isOpen(openPartition(id, latest))) return true;
    const others = Array.from({ length: latest }, (_unused, shard) => table.isOpen(openPartition(id, shard)));
    return (await Promise.all(others)).includes(true);
  },
});

const openExtras = ({ migrationId, address, state }: Account): ItemExtras =>
  state.status === "copying" ? { openIn: openPartition(migrationId, shardOf(address)) } : {};
