import type { UidSet } from "../contract/ids.ts";
import type { BatchRecord, FolderRecord, FolderSummary } from "../contract/mailbox.ts";
import { isSince, type LastInOrder } from "./last-in-order.ts";
import { type RecordedPart, recordedParts } from "./mapped-messages.ts";
import { type PartsReading, partsToRead, readParts } from "./read-parts.ts";
import { type SampleAhead, sampleAhead } from "./sample-ahead.ts";
import { mostSeen, type SeenFolder } from "./seen-messages.ts";
import type { Sessions } from "./sessions.ts";
import { archivedAsPlanned, type SourceArchive } from "./source-archive.ts";
import { intersectionOf, uidRange } from "./uid-set.ts";

/** What of a folder is read to verify it. */
export interface ReadingScope {
  /** As of the last pass in which the folder was in order. */
  readonly previous: FolderSummary | null;
  /** Whether the octets of all messages are compared, or those of a few. */
  readonly octetsOf: "sample" | "full";
  /** What the visit has read of the source folder and still holds; null when nothing. */
  readonly seen: SeenFolder | null;
  /** Of a view that shows archived mail; null of an ordinary folder. */
  readonly archive: SourceArchive | null;
}

/** What both sides are being asked about the messages that came to a folder since it was last in order. */
export interface VerificationReading {
  /** Source UIDs that are there, of those that were planned. */
  readonly present: UidSet;
  readonly parts: PartsReading;
  /** Null where the octets of all messages are compared. */
  readonly sample: SampleAhead | null;
  /** Returns when nothing of it is under way. */
  settle(): Promise<void>;
}

/** Begins to read, when the source has told which messages are there. */
export const readToVerify = async (
  sessions: Sessions,
  folder: FolderRecord,
  batches: readonly BatchRecord[],
  scope: ReadingScope,
): Promise<VerificationReading> => {
  const ahead = readAhead(sessions, folder, batches, scope);
  if (ahead !== null) return ahead;
  const { archive } = scope;
  const present =
    archive === null
      ? intersectionOf(await sessions.source.uids(folder.sourcePath), plannedUids(folder))
      : await archivedAsPlanned(archive, folder, batches);
  return begun(sessions, folder, batches, scope, present);
};

/** Begins to read at once, where the visit knows which messages there are; null where the source has to be asked first. */
export const readAhead = (
  sessions: Sessions,
  folder: FolderRecord,
  batches: readonly BatchRecord[],
  scope: ReadingScope,
): VerificationReading | null => {
  const all = scope.archive === null ? (scope.seen?.all() ?? null) : null;
  return all === null
    ? null
    : begun(sessions, folder, batches, scope, intersectionOf(all, plannedUids(folder)));
};

const begun = (
  sessions: Sessions,
  folder: FolderRecord,
  batches: readonly BatchRecord[],
  { previous, octetsOf, seen }: ReadingScope,
  present: UidSet,
): VerificationReading => {
  const { due } = partsSince(batches, folder, previous);
  // Newest first: a message that was owed was mapped anew, and its older mapping is void.
  const wanted = partsToRead({ parts: due, present, seen });
  const known = seen === null || countMessages(due) > mostSeen ? null : [...wanted];
  const sample = octetsOf === "full" ? null : sampleAhead(sessions, folder, known);
  const parts = readParts(sessions, folder, known ?? wanted);
  return {
    ...{ present, parts, sample },
    settle: async () => {
      await Promise.all([parts.settle(), sample?.settle()]);
    },
  };
};

/** The parts of a folder that were in order when it last was, and those that came since, newest first. */
export const partsSince = (
  batches: readonly BatchRecord[],
  folder: FolderRecord,
  inOrder: LastInOrder,
): { readonly verified: readonly RecordedPart[]; readonly due: readonly RecordedPart[] } => {
  const newestFirst = batches.toReversed();
  return {
    verified: recordedParts(
      newestFirst.filter((batch) => !isSince(batch, inOrder)),
      folder,
    ),
    due: recordedParts(
      newestFirst.filter((batch) => isSince(batch, inOrder)),
      folder,
    ),
  };
};

const plannedUids = ({ plannedBelowUid }: FolderRecord): UidSet => uidRange(1, plannedBelowUid - 1);

const countMessages = (parts: readonly RecordedPart[]): number =>
  parts.reduce((sum, { messages }) => sum + messages, 0);
