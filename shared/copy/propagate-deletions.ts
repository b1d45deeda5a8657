import type { Uid, UidSet } from "../contract/ids.ts";
import type { BatchRecord, FolderRecord, FolderSummary } from "../contract/mailbox.ts";
import { type AmendPorts, amendParts } from "./amend-parts.ts";
import { isSince, type LastInOrder } from "./last-in-order.ts";
import { pairsAt, type RecordedPart, recordedParts } from "./mapped-messages.ts";
import type { Sessions } from "./sessions.ts";
import { countMapped, sourceUidsOf, type UidPair } from "./uid-map.ts";
import { countUids, emptyUidSet, intersectionOf, slicesOf, uidSetOf, unionOf, without } from "./uid-set.ts";

/** More than this many messages and more than this share of a folder do not go at once without somebody asking why. */
const doubtful = { messages: 100, share: 0.5 } as const;
/** So many messages' metadata are held at one time. */
const slice = 2_000;

/** One folder of which messages are gone at the source. */
export interface DeletionScope {
  readonly folder: FolderRecord;
  readonly batches: readonly BatchRecord[];
  /** When the folder was last in order: only what was in order then is ever removed. */
  readonly inOrder: LastInOrder;
  /** Source UIDs that are there. */
  readonly present: UidSet;
  /** Target UIDs that others have changed since then; null where that cannot be told, and then nothing is removed. */
  readonly touched: ReadonlySet<Uid> | null;
  /** How many messages may go although they are most of the folder, because an operator has confirmed them. */
  readonly confirmed: number;
}

/** So many of the messages that mailferry wrote would go; none has gone. */
export interface Doubt {
  readonly doubtful: number;
  readonly of: number;
}

/**
 * Removes from the target what is gone from the source, as far as mailferry wrote it and nobody changed it there since. What was
 * removed or is to stay is recorded, so that it is looked at once. Most of a larger folder going at once is taken for a mishap at
 * the source: unless somebody has confirmed as many, nothing is removed then, and what comes back is the failure.
 */
export const propagateDeletions = async (
  app: AmendPorts,
  sessions: Sessions,
  { folder, batches, inOrder, present, touched, confirmed }: DeletionScope,
): Promise<NonNullable<FolderSummary["deletions"]> | Doubt> => {
  const verified = batches.filter((batch) => !isSince(batch, inOrder));
  const parts = recordedParts(verified, folder);
  const spared = touched === null ? emptyUidSet : sourcesAt(parts, touched);
  const due =
    touched === null
      ? []
      : parts.flatMap((part) => duePairs(part, without(part.uids, unionOf(present, spared))));
  const there = await presentAt(sessions, folder, due);
  const written = parts.reduce((sum, { progress }) => sum + countMapped(progress.copied), 0);
  const gone = unionOf(...parts.map(({ progress }) => progress.removed ?? emptyUidSet));
  const left = written - countUids(gone);
  const isMost = there.length > doubtful.messages && there.length > doubtful.share * left;
  if (isMost && there.length > confirmed) return { doubtful: there.length, of: left };
  if (there.length > 0) await sessions.target.remove(folder.targetPath, uidSetOf(there));
  const dealtWith = uidSetOf(due.map(([source]) => source));
  await amendParts(app, folder, batches, (part) =>
    amended(part, dealtWith, intersectionOf(spared, part.uids)),
  );
  const removed = countUids(unionOf(gone, dealtWith));
  const vanished = countUids(
    without(unionOf(...parts.map(({ progress }) => sourceUidsOf(progress.copied))), present),
  );
  const isExpunged = sessions.target.capabilities.includes("UIDPLUS");
  return { removed: isExpunged ? removed : 0, marked: isExpunged ? 0 : removed, kept: vanished - removed };
};

/** What the part wrote and the source no longer has, less what was dealt with before. */
const duePairs = (part: RecordedPart, vanished: UidSet): readonly UidPair[] => {
  const { copied, spared = emptyUidSet, removed = emptyUidSet } = part.progress;
  const due = without(intersectionOf(sourceUidsOf(copied), vanished), unionOf(spared, removed));
  return due === emptyUidSet ? [] : pairsAt([part], due);
};

const sourcesAt = (parts: readonly RecordedPart[], targets: ReadonlySet<Uid>): UidSet =>
  targets.size === 0
    ? emptyUidSet
    : uidSetOf(
        parts
          .flatMap((part) => pairsAt([part], part.uids))
          .flatMap(([source, target]) => (targets.has(target) ? [source] : [])),
      );

/** Somebody may have moved or removed a message at the target: it is theirs then, whatever its place now holds. */
const presentAt = async (
  { target }: Sessions,
  { targetPath }: FolderRecord,
  pairs: readonly UidPair[],
): Promise<readonly Uid[]> => {
  const there: Uid[] = [];
  for (const uids of slicesOf(uidSetOf(pairs.map(([, uid]) => uid)), slice)) {
    for (const { uid } of await target.metadata(targetPath, uids)) there.push(uid);
  }
  return there;
};

const amended = (part: RecordedPart, dealtWith: UidSet, touched: UidSet): RecordedPart | null => {
  const { spared = emptyUidSet, removed = emptyUidSet } = part.progress;
  const next = {
    spared: unionOf(spared, touched),
    removed: unionOf(removed, intersectionOf(dealtWith, part.uids)),
  };
  return next.spared === spared && next.removed === removed
    ? null
    : { ...part, progress: { ...part.progress, ...next } };
};
