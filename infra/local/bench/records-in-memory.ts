import type { Account } from "../../../shared/contract/account.ts";
import type {
  BatchRecord,
  FolderRecord,
  FolderSummary,
  RefusedMessage,
} from "../../../shared/contract/mailbox.ts";
import type { AccountStore } from "../../../shared/ports/account-store.ts";
import type { MailboxStore, RefusedKey } from "../../../shared/ports/mailbox-store.ts";

/** The records of one account and its mailbox in memory, for measuring the engine without a table. */
export class RecordsInMemory implements MailboxStore, Pick<AccountStore, "get" | "replace"> {
  readonly #folders = new Map<string, FolderRecord>();
  readonly #batches = new Map<string, BatchRecord>();
  readonly #refused: RefusedMessage[] = [];
  readonly #summaries = new Map<string, FolderSummary>();
  #account: Account;

  constructor(account: Account) {
    this.#account = account;
  }

  fencedBy(): MailboxStore {
    return this;
  }

  async get(): Promise<Account> {
    return this.#account;
  }

  async replace(_previous: Account, next: Account): Promise<boolean> {
    this.#account = next;
    return true;
  }

  async folders(): Promise<readonly FolderRecord[]> {
    return [...this.#folders.values()];
  }

  async putFolder(folder: FolderRecord): Promise<void> {
    this.#folders.set(folder.sourcePath, folder);
  }

  async deleteFolder(_mailbox: unknown, path: string): Promise<void> {
    this.#folders.delete(path);
  }

  async batch(_mailbox: unknown, id: string): Promise<BatchRecord | null> {
    return this.#batches.get(id) ?? null;
  }

  async batches(): Promise<readonly BatchRecord[]> {
    return [...this.#batches.values()];
  }

  async createBatch(batch: BatchRecord): Promise<boolean> {
    if (this.#batches.has(batch.batchId)) return false;
    this.#batches.set(batch.batchId, batch);
    return true;
  }

  async putBatch(batch: BatchRecord): Promise<void> {
    this.#batches.set(batch.batchId, batch);
  }

  async refused(): Promise<readonly RefusedMessage[]> {
    return this.#refused;
  }

  async putRefused(message: RefusedMessage): Promise<void> {
    this.#refused.push(message);
  }

  async deleteRefused(_mailbox: unknown, { sourcePath, uid }: RefusedKey): Promise<void> {
    const at = this.#refused.findIndex((one) => one.sourcePath === sourcePath && one.uid === uid);
    if (at >= 0) this.#refused.splice(at, 1);
  }

  async summaries(): Promise<readonly FolderSummary[]> {
    return [...this.#summaries.values()];
  }

  async putSummary(summary: FolderSummary): Promise<void> {
    this.#summaries.set(summary.sourcePath, summary);
  }
}
