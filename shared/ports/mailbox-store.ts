import type { FolderPath, MailAddress, MigrationId } from "../contract/ids.ts";
import type {
  BatchId,
  BatchRecord,
  FolderRecord,
  FolderSummary,
  RefusedMessage,
} from "../contract/mailbox.ts";

/** Which mailbox of which migration. */
export interface MailboxKey {
  readonly migrationId: MigrationId;
  readonly address: MailAddress;
}

/** Which message was refused. */
export type RefusedKey = Pick<RefusedMessage, "sourcePath" | "sourceUidValidity" | "uid">;

/** What is remembered of a mailbox: folders, batches, refused messages. Its worker is its only writer. */
export interface MailboxStore {
  /**
   * The same store, whose writes carry the token of a claim and overwrite nothing that carries a later one.
   * @throws WorkSuperseded from a write that would
   */
  fencedBy(token: number): MailboxStore;
  folders(mailbox: MailboxKey): Promise<readonly FolderRecord[]>;
  putFolder(folder: FolderRecord): Promise<void>;
  deleteFolder(mailbox: MailboxKey, path: FolderPath): Promise<void>;
  batch(mailbox: MailboxKey, id: BatchId): Promise<BatchRecord | null>;
  /** All batches of all passes, ascending. */
  batches(mailbox: MailboxKey): Promise<readonly BatchRecord[]>;
  /** False when a batch with this id is already there; it is left as it was, because work on it may have begun. */
  createBatch(batch: BatchRecord): Promise<boolean>;
  putBatch(batch: BatchRecord): Promise<void>;
  refused(mailbox: MailboxKey): Promise<readonly RefusedMessage[]>;
  putRefused(message: RefusedMessage): Promise<void>;
  /** Forgets a refusal; one that is not there is no error. */
  deleteRefused(mailbox: MailboxKey, message: RefusedKey): Promise<void>;
  summaries(mailbox: MailboxKey): Promise<readonly FolderSummary[]>;
  putSummary(summary: FolderSummary): Promise<void>;
}
