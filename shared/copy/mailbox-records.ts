import type { BatchRecord, FolderRecord, FolderSummary } from "../contract/mailbox.ts";
import type { MailboxKey } from "../ports/mailbox-store.ts";
import type { WorkerPorts } from "./worker-ports.ts";

/** What is recorded of a mailbox. Who holds its claim is the only writer, and need not read again what it has written itself. */
export interface MailboxRecords {
  readonly folders: readonly FolderRecord[];
  readonly batches: readonly BatchRecord[];
  /** As of the last pass in which each folder was in order. */
  readonly summaries: readonly FolderSummary[];
}

/** Reads them. */
export const readRecords = async (
  { mailboxes }: Pick<WorkerPorts, "mailboxes">,
  mailbox: MailboxKey,
): Promise<MailboxRecords> => {
  const [folders, batches, summaries] = await Promise.all([
    mailboxes.folders(mailbox),
    mailboxes.batches(mailbox),
    mailboxes.summaries(mailbox),
  ]);
  return { folders, batches, summaries };
};
