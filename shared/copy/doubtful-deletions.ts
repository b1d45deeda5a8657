import type { Account } from "../contract/account.ts";
import { MailferryError } from "../contract/errors.ts";
import type { PassNumber } from "../contract/ids.ts";
import type { FolderRecord } from "../contract/mailbox.ts";
import type { Doubt } from "./propagate-deletions.ts";
import type { WorkerPorts } from "./worker-ports.ts";

/** How many deletions of a folder an operator has confirmed. What was confirmed of an earlier doubt says nothing of this one. */
export const confirmedOf = (
  { confirmedDeletions }: Pick<Account, "confirmedDeletions">,
  { sourcePath, doubtfulDeletions }: Pick<FolderRecord, "sourcePath" | "doubtfulDeletions">,
): number =>
  confirmedDeletions?.folders.find(
    (folder) =>
      folder.sourcePath === sourcePath &&
      folder.count === doubtfulDeletions?.count &&
      folder.foundIn === doubtfulDeletions.foundIn,
  )?.count ?? 0;

/** Keeps what is doubted, so that it can be confirmed, and returns the failure. The same doubt found again stays the same. */
export const noteDoubtfulDeletions = async (
  { mailboxes }: Pick<WorkerPorts, "mailboxes">,
  record: FolderRecord,
  { doubtful: count, of }: Doubt,
  pass: PassNumber,
): Promise<MailferryError> => {
  const { address, sourcePath, doubtfulDeletions } = record;
  if (doubtfulDeletions?.count !== count) {
    await mailboxes.putFolder({ ...record, doubtfulDeletions: { count, foundIn: pass } });
  }
  return new MailferryError("DeletionsDoubtful", { mailbox: address, folder: sourcePath, count, of });
};
