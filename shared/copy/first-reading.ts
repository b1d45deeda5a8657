import type { BatchId, BatchRecord, FolderRecord } from "../contract/mailbox.ts";
import type { MailSession } from "../ports/mail-server.ts";
import { BatchReading } from "./batch-reading.ts";

/** The first batch of a plan, which is read while the plan is being stored. */
export class FirstReading {
  readonly #source: MailSession;
  #begun: { readonly batchId: BatchId; readonly reading: BatchReading } | null = null;

  constructor(source: MailSession) {
    this.#source = source;
  }

  /** `folders` as the plan has just met them. */
  begin({ batchId, ...batch }: BatchRecord, folders: readonly FolderRecord[]): void {
    const known = new Map(folders.map((folder) => [folder.sourcePath, folder]));
    this.#begun = { batchId, reading: new BatchReading(this.#source, { batchId, ...batch }, known, true) };
  }

  /** The reading of this batch, once; null where another one or none has begun. */
  take(batchId: BatchId): BatchReading | null {
    if (this.#begun?.batchId !== batchId) return null;
    const { reading } = this.#begun;
    this.#begun = null;
    return reading;
  }

  /** Passes over all that comes of it: the batch is to be read in another way, over the same connection. */
  async throwAway(): Promise<void> {
    await this.#begun?.reading.goOnWith(new Set());
    this.#begun = null;
  }

  /** Ends what nobody has taken, and with it the source's connection. */
  async leave(): Promise<void> {
    await this.#begun?.reading.leave();
    this.#begun = null;
  }
}
