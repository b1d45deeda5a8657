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

/** Every account of a migration ascending by address, with no more than a page of each shard in memory. */
export async function* accountsByAddress(
  accounts: Pick<AccountStore, "page">,
  id: MigrationId,
): AsyncGenerator<Account> {
  const waiting: Waiting[] = [];
  for (const shard of shards) {
    const rest = shardAccounts(accounts, id, shard);
    const { done, value } = await rest.next();
    if (done !== true) waiting.push({ first: value, rest });
  }
  for (let least = leastOf(waiting); least !== undefined; least = leastOf(waiting)) {
    yield least.first;
    const { done, value } = await least.rest.next();
    if (done === true) waiting.splice(waiting.indexOf(least), 1);
    else least.first = value;
  }
}

/** A shard of which the first account has been read and not handed out. */
interface Waiting {
  first: Account;
  readonly rest: AsyncGenerator<Account, void>;
}

const leastOf = (waiting: readonly Waiting[]): Waiting | undefined => {
  let [least] = waiting;
  for (const each of waiting)
    if (least !== undefined && each.first.address < least.first.address) least = each;
  return least;
};

async function* shardAccounts(
  accounts: Pick<AccountStore, "page">,
  id: MigrationId,
  shard: number,
): AsyncGenerator<Account, void> {
  for await (const page of shardPages(accounts, id, shard)) yield* page;
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
