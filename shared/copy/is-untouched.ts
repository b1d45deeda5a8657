import type { BatchRecord, FolderRecord, FolderSummary } from "../contract/mailbox.ts";
import type { FolderStatus } from "../ports/mail-server.ts";
import { isSince } from "./last-in-order.ts";
import { mappedMessages } from "./mapped-messages.ts";
import type { SourceArchive } from "./source-archive.ts";
import { emptyUidSet } from "./uid-set.ts";

/** What is recorded of a folder that was in order at the end of an earlier pass. */
export interface KnownFolder {
  readonly record: FolderRecord;
  readonly previous: FolderSummary | null;
  readonly batches: readonly BatchRecord[];
  /** Of a view that shows archived mail; null of an ordinary folder. */
  readonly archive: Pick<SourceArchive, "asOf"> | null;
}

/**
 * Whether nothing at all happened to a folder: same messages, same HIGHESTMODSEQ. Without CONDSTORE flags may have changed unseen,
 * which no longer matters once people work at the target, because then they are not brought over.
 */
export const isUntouched = (known: KnownFolder, status: FolderStatus, peopleAtTarget: boolean): boolean =>
  hasSameMessages(known, status) &&
  (status.highestModseq === null ? peopleAtTarget : status.highestModseq === known.record.flagsAsOfModseq);

/** Whether the source holds the same messages as then and none is left to do: nothing came (UIDNEXT) and nothing went (MESSAGES). */
export const hasSameMessages = (
  { record, previous, batches, archive }: KnownFolder,
  { messages, uidNext }: FolderStatus,
): boolean =>
  previous !== null &&
  uidNext === record.plannedBelowUid &&
  (archive === null
    ? messages === previous.source
    : archive.asOf !== null && archive.asOf === previous.archivedAsOf) &&
  previous.refused === 0 &&
  previous.targetPath === record.targetPath &&
  mappedMessages(batches, record).owed === emptyUidSet &&
  !batches.some(
    (batch) =>
      isSince(batch, previous) && batch.parts.some(({ sourcePath }) => sourcePath === record.sourcePath),
  );
