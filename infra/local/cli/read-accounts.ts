import type { Account } from "../../../shared/contract/account.ts";
import type { MailAddress, MigrationId } from "../../../shared/contract/ids.ts";
import { accountShards } from "../../../shared/contract/table.ts";
import type { AccountStore } from "../../../shared/ports/account-store.ts";

/** Every account of a migration, shard after shard and page after page. */
export const readAccounts = async (
  accounts: Pick<AccountStore, "page">,
  migrationId: MigrationId,
): Promise<readonly Account[]> => {
  const shards = await Promise.all(
    Array.from({ length: accountShards }, (_unused, shard) => readShard(accounts, migrationId, shard)),
  );
  return shards.flat();
};

const readShard = async (
  accounts: Pick<AccountStore, "page">,
  migrationId: MigrationId,
  shard: number,
): Promise<readonly Account[]> => {
  const read: Account[] = [];
  let after: MailAddress | null = null;
  do {
    const page: Awaited<ReturnType<AccountStore["page"]>> = await accounts.page(migrationId, shard, after);
    read.push(...page.accounts);
    after = page.next;
  } while (after !== null);
  return read;
};
