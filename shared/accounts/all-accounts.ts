import type { Account } from "../contract/account.ts";
import type { MailAddress, MigrationId } from "../contract/ids.ts";
import { accountShards } from "../contract/table.ts";
import type { AccountStore } from "../ports/account-store.ts";

/** Every account of a migration, page by page: shard after shard, each ascending by address. */
export async function* allAccounts(
  accounts: Pick<AccountStore, "page">,
  id: MigrationId,
): AsyncGenerator<Account> {
  for await (const page of accountPages(accounts, id)) yield* page;
}

/** The pages themselves, for whoever does something with many at once. */
export async function* accountPages(
  accounts: Pick<AccountStore, "page">,
  id: MigrationId,
): AsyncGenerator<readonly Account[]> {
  for (const shard of shards) yield* shardPages(accounts, id, shard);
}

/** The shards that accounts are spread over. */
export const shards: readonly number[] = Array.from({ length: accountShards }, (_unused, shard) => shard);

/** The pages of one shard. */
export async function* shardPages(
  accounts: Pick<AccountStore, "page">,
  id: MigrationId,
  shard: number,
): AsyncGenerator<readonly Account[]> {
  let after: MailAddress | null = null;
  do {
    const page = await accounts.page(id, shard, after);
    yield page.accounts;
    after = page.next;
  } while (after !== null);
}
