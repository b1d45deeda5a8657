import type { FolderPath } from "../../shared/contract/ids.ts";
import {
  type BatchId,
  BatchRecord,
  FolderRecord,
  FolderSummary,
  RefusedMessage,
} from "../../shared/contract/mailbox.ts";
import type { MailboxKey, MailboxStore } from "../../shared/ports/mailbox-store.ts";

/** What is remembered of mailboxes, in memory; what is written is parsed, as what is read back would be. */
export class FakeMailboxStore implements MailboxStore {
  readonly #folders = new Map<string, FolderRecord>();
  readonly #batches = new Map<string, BatchRecord>();
  readonly #refused = new Map<string, RefusedMessage>();
  readonly #summaries = new Map<string, FolderSummary>();

  async folders(mailbox: MailboxKey): Promise<readonly FolderRecord[]> {
    return recordsOf(this.#folders, mailbox);
  }

  async putFolder(folder: FolderRecord): Promise<void> {
    this.#folders.set(keyOf(folder, folder.sourcePath), FolderRecord.parse(folder));
  }

  async deleteFolder(mailbox: MailboxKey, path: FolderPath): Promise<void> {
    this.#folders.delete(keyOf(mailbox, path));
  }

  async batch(mailbox: MailboxKey, id: BatchId): Promise<BatchRecord | null> {
    return structuredClone(this.#batches.get(keyOf(mailbox, id)) ?? null);
  }

  async batches(mailbox: MailboxKey): Promise<readonly BatchRecord[]> {
    return recordsOf(this.#batches, mailbox);
  }

  async createBatch(batch: BatchRecord): Promise<boolean> {
    const key = keyOf(batch, batch.batchId);
    if (this.#batches.has(key)) return false;
    this.#batches.set(key, BatchRecord.parse(batch));
    return true;
  }

  async putBatch(batch: BatchRecord): Promise<void> {
    this.#batches.set(keyOf(batch, batch.batchId), BatchRecord.parse(batch));
  }

  async refused(mailbox: MailboxKey): Promise<readonly RefusedMessage[]> {
    return recordsOf(this.#refused, mailbox);
  }

  async putRefused(message: RefusedMessage): Promise<void> {
    const { sourcePath, sourceUidValidity, uid } = message;
    const key = keyOf(message, `${sourcePath} ${sourceUidValidity} ${String(uid).padStart(10, "0")}`);
    this.#refused.set(key, RefusedMessage.parse(message));
  }

  async summaries(mailbox: MailboxKey): Promise<readonly FolderSummary[]> {
    return recordsOf(this.#summaries, mailbox);
  }

  async putSummary(summary: FolderSummary): Promise<void> {
    this.#summaries.set(keyOf(summary, summary.sourcePath), FolderSummary.parse(summary));
  }
}

const keyOf = ({ migrationId, address }: MailboxKey, name: string): string =>
  `${migrationId} ${address} ${name}`;

const recordsOf = <Kept>(records: ReadonlyMap<string, Kept>, mailbox: MailboxKey): readonly Kept[] =>
  structuredClone(
    [...records]
      .filter(([key]) => key.startsWith(keyOf(mailbox, "")))
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([, record]) => record),
  );
