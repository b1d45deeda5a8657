import type { Account } from "../contract/account.ts";
import type { MailAddress, MigrationId } from "../contract/ids.ts";

/** One page of accounts and where the next one starts; `next` is null on the last. */
export interface AccountPage {
  readonly accounts: readonly Account[];
  readonly next: MailAddress | null;
}

/** The mapping and each mailbox' state. Reads of the table are consistent; one record is one conditional write. */
export interface AccountStore {
  get(id: MigrationId, address: MailAddress): Promise<Account | null>;
  /** Creates many. Gives those back whose address is already imported; their records are left as they were. Cut off, some are made. */
  createAll(accounts: readonly Account[]): Promise<readonly Account[]>;
  /** Replaces the record only while it still equals `previous`; false when it had changed meanwhile. */
  replace(previous: Account, next: Account): Promise<boolean>;
  /** Removes the record only while it still is this one; false when it had changed meanwhile. One that is gone is removed. */
  remove(account: Account): Promise<boolean>;
  /** One page of one shard (0 … accountShards-1), ascending by address, starting behind `after`. At most 500, or as many as are said. */
  page(id: MigrationId, shard: number, after: MailAddress | null, atMost?: number): Promise<AccountPage>;
  /** Whether the open index knows any account whose pass has not ended. It lags: `false` must be proven by reading the shards. */
  mayHaveOpen(id: MigrationId): Promise<boolean>;
}
