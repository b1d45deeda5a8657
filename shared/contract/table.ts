import type { FolderPath, MailAddress, MemberId, MigrationId, UidValidity } from "./ids.ts";
import type { BatchId } from "./mailbox.ts";
import type { LinkDigest } from "./member-link.ts";
import type { WaitingPhase } from "./phases.ts";

/** The one table: partition key `pk`, sort key `sk`. */
export const tableKeys = { partition: "pk", sort: "sk" } as const;

/**
 * A sparse index over accounts whose pass has not ended: `openIn` (migration and shard) is set while it runs and removed
 * when it ends, so "is anything still running?" costs one read however many accounts there are. It lags behind the
 * table, therefore it is only a hint; the table itself proves.
 */
export const openIndex = { name: "open", partition: "openIn", sort: "sk" } as const;

/** Accounts of a migration are spread over this many partitions, so that no partition grows hot with 100,000 of them. */
export const accountShards = 8;

/** The item keys. Every key starts with its kind, so that a stranger reading the table knows what an item is. */
export const keys = {
  migrations: () => ({ pk: "MIGRATIONS" }),
  migration: (id: MigrationId) => ({ pk: "MIGRATIONS", sk: id }),
  /** Of a wait that began before tokens stood in the migration's own record; none lasts for longer than 23 days. */
  earlierTaskToken: (id: MigrationId, phase: WaitingPhase) => ({
    pk: `MIGRATION#${id}`,
    sk: `TOKEN#${phase}`,
  }),
  importRun: (id: MigrationId, file: string) => ({ pk: `MIGRATION#${id}`, sk: `IMPORT#${file}` }),
  imports: (id: MigrationId) => ({ pk: `MIGRATION#${id}`, prefix: "IMPORT#" }),
  importTurn: (id: MigrationId) => ({ pk: `MIGRATION#${id}`, sk: "TURN" }),
  directory: (id: MigrationId) => ({ pk: `MIGRATION#${id}`, sk: "DIRECTORY" }),
  passwordRun: (id: MigrationId, file: string) => ({ pk: `MIGRATION#${id}`, sk: `PASSWORDS#${file}` }),
  /** Cards that went to a member. WeCom counts them for the app, so no migration stands in the key. */
  sentCards: (corpId: string, memberId: MemberId) => ({
    pk: `CARDS#${corpId}#${memberId.toLowerCase()}`,
    sk: "SENT",
  }),
  allocationRound: (id: MigrationId) => ({ pk: `MIGRATION#${id}`, sk: "ALLOCATION" }),
  allocations: (id: MigrationId) => ({ pk: `ALLOCATIONS#${id}` }),
  /** Account names of members are not case-sensitive. */
  allocation: (id: MigrationId, memberId: MemberId) => ({
    pk: `ALLOCATIONS#${id}`,
    sk: memberId.toLowerCase(),
  }),
  allocatedAddress: (id: MigrationId, address: MailAddress) => ({
    pk: `ADDRESS#${id}#${address}`,
    sk: "ALLOCATED",
  }),
  accounts: (id: MigrationId, shard: number) => ({ pk: `ACCOUNTS#${id}#${shard}` }),
  account: (id: MigrationId, address: MailAddress) => ({
    pk: `ACCOUNTS#${id}#${shardOf(address)}`,
    sk: address,
  }),
  credentials: (id: MigrationId, shard: number) => ({ pk: `CREDENTIALS#${id}#${shard}` }),
  credential: (id: MigrationId, address: MailAddress, side: "source" | "target") => ({
    pk: `CREDENTIALS#${id}#${shardOf(address)}`,
    sk: `${address}#${side}`,
  }),
  verifiedUser: (id: MigrationId, memberId: MemberId) => ({
    pk: userPartition(id, memberId),
    sk: "VERIFIED",
  }),
  awaitedUser: (id: MigrationId, memberId: MemberId, address: MailAddress) => ({
    pk: userPartition(id, memberId),
    sk: `AWAITED#${address}`,
  }),
  awaitedUsers: (id: MigrationId, memberId: MemberId) => ({
    pk: userPartition(id, memberId),
    prefix: "AWAITED#",
  }),
  mailbox: (id: MigrationId, address: MailAddress) => ({ pk: `MAILBOX#${id}#${address}` }),
  claim: (id: MigrationId, address: MailAddress) => ({ pk: `MAILBOX#${id}#${address}`, sk: "CLAIM" }),
  folder: (id: MigrationId, address: MailAddress, path: FolderPath) => ({
    pk: `MAILBOX#${id}#${address}`,
    sk: `FOLDER#${path}`,
  }),
  folderSummary: (id: MigrationId, address: MailAddress, path: FolderPath) => ({
    pk: `MAILBOX#${id}#${address}`,
    sk: `SUMMARY#${path}`,
  }),
  /** A link is found by its digest alone: whoever opens it says nothing else. */
  memberLink: (digest: LinkDigest) => ({ pk: `MEMBERLINK#${digest}`, sk: "LINK" }),
  /** Apart from the mailbox' records, so that clearing those does not end a lock. */
  memberAccess: (id: MigrationId, address: MailAddress) => ({
    pk: `MEMBERACCESS#${id}#${address}`,
    sk: "ACCESS",
  }),
  /** What was fetched from the mailbox on one day. */
  fetched: (id: MigrationId, address: MailAddress) => ({ pk: `MAILBOX#${id}#${address}`, sk: "FETCHED" }),
  /** One connection to a source host. Hosts are shared by migrations, therefore no migration stands in the key. */
  slot: (host: string, number: number) => ({ pk: `SLOT#${host}#${number}`, sk: "SLOT" }),
  batch: (id: MigrationId, address: MailAddress, batchId: BatchId) => ({
    pk: `MAILBOX#${id}#${address}`,
    sk: `BATCH#${batchId}`,
  }),
  refused: (
    id: MigrationId,
    address: MailAddress,
    path: FolderPath,
    uidValidity: UidValidity,
    uid: number,
  ) => ({
    pk: `MAILBOX#${id}#${address}`,
    sk: `REFUSED#${path}#${uidValidity}#${String(uid).padStart(10, "0")}`,
  }),
} as const;

/** Account names of members are not case-sensitive. */
const userPartition = (id: MigrationId, memberId: MemberId): string => `USER#${id}#${memberId.toLowerCase()}`;

/** The shard of an account: FNV-1a over the address, the same for ever, because it is part of the key. */
export const shardOf = (address: MailAddress): number => {
  let hash = 0x811c9dc5;
  for (let index = 0; index < address.length; index += 1) {
    hash = Math.imul(hash ^ address.charCodeAt(index), 0x01000193) >>> 0;
  }
  return hash % accountShards;
};

/** The value of the open index's partition key for an account whose pass runs. */
export const openPartition = (id: MigrationId, shard: number): string => `${id}#${shard}`;
