import { MailferryError } from "../../shared/contract/errors.ts";
import type { FolderPath } from "../../shared/contract/ids.ts";
import {
  type BatchId,
  BatchRecord,
  FolderRecord,
  FolderSummary,
  RefusedMessage,
} from "../../shared/contract/mailbox.ts";
import type { MailboxKey, MailboxStore, RefusedKey } from "../../shared/ports/mailbox-store.ts";

/** Everything kept, and the fence each record was written under. */
class Shelves {
  readonly folders = new Map<string, FolderRecord>();
  readonly batches = new Map<string, BatchRecord>();
  readonly refused = new Map<string, RefusedMessage>();
  readonly summaries = new Map<string, FolderSummary>();
  readonly fences = new WeakMap<object, number>();
}

/** What is remembered of mailboxes, in memory; what is written is parsed, as what is read back would be. */
export class FakeMailboxStore implements MailboxStore {
  readonly #shelves: Shelves;
  readonly #token: number;

  constructor(shelves = new Shelves(), token = Number.POSITIVE_INFINITY) {
    this.#shelves = shelves;
    this.#token = token;
  }

  fencedBy(token: number): FakeMailboxStore {
    return new FakeMailboxStore(this.#shelves, token);
  }

  async folders(mailbox: MailboxKey): Promise<readonly FolderRecord[]> {
    return recordsOf(this.#shelves.folders, mailbox);
  }

  async putFolder(folder: FolderRecord): Promise<void> {
    this.#put(this.#shelves.folders, keyOf(folder, folder.sourcePath), FolderRecord.parse(folder));
  }

  async deleteFolder(mailbox: MailboxKey, path: FolderPath): Promise<void> {
    this.#shelves.folders.delete(keyOf(mailbox, path));
  }

  async batch(mailbox: MailboxKey, id: BatchId): Promise<BatchRecord | null> {
    return structuredClone(this.#shelves.batches.get(keyOf(mailbox, id)) ?? null);
  }

  async batches(mailbox: MailboxKey): Promise<readonly BatchRecord[]> {
    return recordsOf(this.#shelves.batches, mailbox);
  }

  async createBatch(batch: BatchRecord): Promise<boolean> {
    const key = keyOf(batch, batch.batchId);
    if (this.#shelves.batches.has(key)) return false;
    this.#put(this.#shelves.batches, key, BatchRecord.parse(batch));
    return true;
  }

  async putBatch(batch: BatchRecord): Promise<void> {
    this.#put(this.#shelves.batches, keyOf(batch, batch.batchId), BatchRecord.parse(batch));
  }

  async refused(mailbox: MailboxKey): Promise<readonly RefusedMessage[]> {
    return recordsOf(this.#shelves.refused, mailbox);
  }

  async putRefused(message: RefusedMessage): Promise<void> {
    this.#put(this.#shelves.refused, refusedKey(message, message), RefusedMessage.parse(message));
  }

  async deleteRefused(mailbox: MailboxKey, message: RefusedKey): Promise<void> {
    this.#shelves.refused.delete(refusedKey(mailbox, message));
  }

  async summaries(mailbox: MailboxKey): Promise<readonly FolderSummary[]> {
    return recordsOf(this.#shelves.summaries, mailbox);
  }

  async putSummary(summary: FolderSummary): Promise<void> {
    this.#put(this.#shelves.summaries, keyOf(summary, summary.sourcePath), FolderSummary.parse(summary));
  }

  #put<Kept extends MailboxKey>(shelf: Map<string, Kept>, key: string, record: Kept): void {
    const standing = shelf.get(key);
    const { fences } = this.#shelves;
    if (standing !== undefined && (fences.get(standing) ?? 0) > this.#token) {
      throw new MailferryError("WorkSuperseded", { mailbox: record.address });
    }
    if (Number.isFinite(this.#token)) fences.set(record, this.#token);
    shelf.set(key, record);
  }
}

const refusedKey = (mailbox: MailboxKey, { sourcePath, sourceUidValidity, uid }: RefusedKey): string =>
  keyOf(mailbox, `${sourcePath} ${sourceUidValidity} ${String(uid).padStart(10, "0")}`);

const keyOf = ({ migrationId, address }: MailboxKey, name: string): string =>
  `${migrationId} ${address} ${name}`;

const recordsOf = <Kept>(records: ReadonlyMap<string, Kept>, mailbox: MailboxKey): readonly Kept[] =>
  structuredClone(
    [...records]
      .filter(([key]) => key.startsWith(keyOf(mailbox, "")))
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([, record]) => record),
  );
