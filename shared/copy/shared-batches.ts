import type { BatchId, BatchRecord } from "../contract/mailbox.ts";
import type { MailboxStore } from "../ports/mailbox-store.ts";

/**
 * Stores the batches of a mailbox while its folders amend them side by side. Small folders share a batch, and each folder knows it with its
 * own amendments only: what is stored has those of all, so that no folder takes back what was noted of another one.
 */
export class SharedBatches implements Pick<MailboxStore, "putBatch"> {
  readonly #mailboxes: Pick<MailboxStore, "putBatch">;
  readonly #atFirst: ReadonlyMap<BatchId, BatchRecord>;
  readonly #amended: Map<BatchId, BatchRecord>;
  #writing: Promise<void> = Promise.resolve();

  /** `batches` are those that every folder begins with. */
  constructor(mailboxes: Pick<MailboxStore, "putBatch">, batches: readonly BatchRecord[]) {
    this.#mailboxes = mailboxes;
    this.#atFirst = new Map(batches.map((batch) => [batch.batchId, batch]));
    this.#amended = new Map(this.#atFirst);
  }

  /** Stores the parts that are not what they were at first; the others stay as they were amended meanwhile. */
  putBatch(batch: BatchRecord): Promise<void> {
    const { batchId } = batch;
    const atFirst = this.#atFirst.get(batchId);
    const now = this.#amended.get(batchId);
    const parts = batch.parts.map((part, index) =>
      part === atFirst?.parts[index] ? (now?.parts[index] ?? part) : part,
    );
    const amended = { ...batch, parts };
    this.#amended.set(batchId, amended);
    // One after the other: of two writes of one batch the earlier one must not come last.
    this.#writing = this.#writing.then(() => this.#mailboxes.putBatch(amended));
    return this.#writing;
  }
}
