import type { MailAddress, MigrationId } from "../contract/ids.ts";

/** Which source mailboxes have a password in the vault, without any of them being opened. */
export interface HeldPasswords {
  /** Those of one shard (0 … accountShards-1). */
  ofShard(id: MigrationId, shard: number): Promise<ReadonlySet<MailAddress>>;
}
