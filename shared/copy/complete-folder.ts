import { MailferryError } from "../contract/errors.ts";
import type { Uid, UidValidity } from "../contract/ids.ts";
import type { BatchRecord, FolderRecord, FolderSummary } from "../contract/mailbox.ts";
import type { FolderStatus, Side } from "../ports/mail-server.ts";
import { bringFlags } from "./bring-flags.ts";
import type { CompletionScope } from "./complete-mailbox.ts";
import type { Sessions } from "./sessions.ts";
import { pairsOf, uidMapOf } from "./uid-map.ts";
import { type VerifiedFolder, verifyFolder } from "./verify-folder.ts";
import type { WorkerPorts } from "./worker-ports.ts";

/** What is known of one folder before its pass is completed. */
export interface FolderBefore {
  readonly record: FolderRecord;
  /** As of the last pass in which the folder was in order. */
  readonly previous: FolderSummary | null;
  readonly batches: readonly BatchRecord[];
}

export interface CompletedFolder {
  readonly summary: FolderSummary;
  readonly failure: MailferryError | null;
}

/**
 * Completes one folder. One that nothing happened to since it was last in order (same messages, same HIGHESTMODSEQ, no batch)
 * costs a STATUS. Only a folder in order is stored as such, so that what was not verified is looked at again.
 * Null when the source folder is gone. @throws FolderReplaced
 */
export const completeFolder = async (
  app: Pick<WorkerPorts, "mailboxes">,
  sessions: Sessions,
  { account, pass, peopleAtTarget }: CompletionScope,
  { record, previous, batches }: FolderBefore,
): Promise<CompletedFolder | null> => {
  const status = await sessions.source.folderStatus(record.sourcePath);
  if (status === null) return null;
  requireSame("source", record, record.sourceUidValidity, status.uidValidity);
  if (previous !== null && isUntouched(record, previous, status, batches)) {
    const summary = { ...previous, pass };
    await app.mailboxes.putSummary(summary);
    return { summary, failure: null };
  }
  const target = await sessions.target.folderStatus(record.targetPath);
  requireSame("target", record, record.targetUidValidity, target?.uidValidity ?? null);

  const folder = await verifyFolder(sessions, record, batches, previous?.pass ?? 0);
  await bringFlags(sessions, record, folder.compared, peopleAtTarget);
  const summary = summaryOf(record, folder, pass);
  const { source, copied, alreadyThere, refused } = folder.counts;
  if (source !== copied + alreadyThere + refused) {
    await owe(app, record, batches, folder.missing);
    const mailbox = account.address;
    const evidence = { mailbox, source, copied, alreadyThere, refused };
    return { summary, failure: new MailferryError("MailboxUnbalanced", evidence) };
  }
  await app.mailboxes.putFolder({ ...record, flagsAsOfModseq: status.highestModseq });
  await app.mailboxes.putSummary(summary);
  return { summary, failure: null };
};

const isUntouched = (
  record: FolderRecord,
  previous: FolderSummary,
  { messages, uidNext, highestModseq }: FolderStatus,
  batches: readonly BatchRecord[],
): boolean =>
  highestModseq !== null &&
  highestModseq === record.flagsAsOfModseq &&
  uidNext === record.plannedBelowUid &&
  messages === previous.source &&
  previous.refused === 0 &&
  previous.targetPath === record.targetPath &&
  !batches.some(
    (batch) =>
      batch.pass > previous.pass && batch.parts.some(({ sourcePath }) => sourcePath === record.sourcePath),
  );

const requireSame = (
  side: Side,
  { address, sourcePath, targetPath }: FolderRecord,
  recorded: UidValidity,
  found: UidValidity | null,
): void => {
  if (found === recorded) return;
  const folder = side === "source" ? sourcePath : targetPath;
  throw new MailferryError("FolderReplaced", { folder, mailbox: address, side });
};

const summaryOf = (
  { migrationId, address, sourcePath, targetPath, provenance }: FolderRecord,
  { present, counts }: VerifiedFolder,
  pass: FolderSummary["pass"],
): FolderSummary => ({
  migrationId,
  address,
  sourcePath,
  targetPath,
  provenance,
  pass,
  ...counts,
  bytes: present.reduce((sum, { size }) => sum + size, 0),
});

/**
 * Takes what is not there out of the records, so that the next pass copies it: a target that lost messages in a crash of
 * its own must not pass for one that holds them.
 */
const owe = async (
  app: Pick<WorkerPorts, "mailboxes">,
  record: FolderRecord,
  batches: readonly BatchRecord[],
  missing: readonly Uid[],
): Promise<void> => {
  const gone = new Set(missing);
  if (gone.size === 0) return;
  for (const batch of batches) {
    const parts = batch.parts.map((part) => {
      const { progress } = part;
      if (part.sourcePath !== record.sourcePath || progress.state !== "recorded") return part;
      if (progress.targetUidValidity !== record.targetUidValidity) return part;
      const left = (map: typeof progress.copied) =>
        uidMapOf([...pairsOf(map)].filter(([, target]) => !gone.has(target)));
      return {
        ...part,
        progress: { ...progress, copied: left(progress.copied), alreadyThere: left(progress.alreadyThere) },
      };
    });
    await app.mailboxes.putBatch({ ...batch, parts });
  }
};
