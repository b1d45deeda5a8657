import type { PassNumber, Uid, UidSet } from "../contract/ids.ts";
import type { BatchRecord, FolderRecord } from "../contract/mailbox.ts";
import type { MailSession } from "../ports/mail-server.ts";
import { type AmendPorts, amendParts, withoutTargets } from "./amend-parts.ts";
import { findStragglers, isDeleted, type Keeper } from "./find-stragglers.ts";
import { claimedUids, type RecordedPart, recordedParts } from "./mapped-messages.ts";
import type { Sessions } from "./sessions.ts";
import { targetUidsOf } from "./uid-map.ts";
import {
  emptyUidSet,
  intersectionOf,
  slicesOf,
  uidRange,
  uidSetOf,
  uidsIn,
  unionOf,
  without,
} from "./uid-set.ts";

/** So many messages' metadata are held at one time. */
const slice = 2_000;

/** A folder some of which was written by attempts whose end nobody saw. */
export interface DoubtScope {
  readonly folder: FolderRecord;
  readonly batches: readonly BatchRecord[];
  readonly pass: PassNumber;
  readonly peopleAtTarget: boolean;
  /** UIDNEXT of the target folder. */
  readonly targetUidNext: number;
}

/** What is recorded then, and how many messages stand on the target once too often. */
export interface SettledDoubt {
  readonly batches: readonly BatchRecord[];
  readonly doubled: number;
}

/** Whether a server may still have come to store, or come to store yet, what was sent to it more than once. */
export const isInDoubt = (batches: readonly BatchRecord[], folder: FolderRecord): boolean =>
  doubtfulParts(batches, folder).length > 0;

/**
 * Removes what a server stored twice: it may go on storing what was sent to it for longer than anybody waits after the connection was
 * lost, so the next attempt did not find it there and sent it again. Looked for when the pass is completed and once more by the next
 * pass; what comes later than that is not found.
 *
 * What is removed is ours beyond doubt, or nobody misses it. It lies at or above the UIDNEXT of the intent, stands for no message of the
 * source, and repeats a message of a part that was sent more than once: octets as that server itself keeps them, date and flags are
 * the same, and there are no more of it than attempts. Mail that is delivered has a date and a trace of its own; who copies a message
 * at the target and then marks one of the two is left both. And the recorded message must be there, when it is removed and
 * afterwards: it may be what somebody deletes at this very moment, having seen two. What is noted before (`keepers`) lets
 * whoever comes next see that too, and such a message is owed, so that it is copied again: nothing lost comes before nothing doubled.
 *
 * Once people work at the target, nothing is removed and what is found is only counted: a copy that somebody makes there looks the same.
 */
export const settleDoubt = async (
  app: AmendPorts,
  { target }: Pick<Sessions, "target">,
  { folder, batches, pass, peopleAtTarget, targetUidNext }: DoubtScope,
): Promise<SettledDoubt> => {
  const doubtful = doubtfulParts(batches, folder);
  if (doubtful.length === 0) return { batches, doubled: 0 };
  const from = Math.min(...doubtful.map(({ progress }) => progress.doubt.writtenFrom));
  const unclaimed = without(uidRange(from, targetUidNext - 1), claimedUids(batches, folder));
  const found =
    unclaimed === emptyUidSet
      ? { ours: [], doubtful: [] }
      : await findStragglers(target, folder.targetPath, unclaimed, doubtful.flatMap(keepersOf));
  const removed = peopleAtTarget ? [] : found.ours;
  const noted = await noteKeepers(app, folder, batches, uidSetOf(removed.map(({ keeper }) => keeper)));
  if (removed.length > 0) await target.remove(folder.targetPath, uidSetOf(removed.map(({ uid }) => uid)));
  const gone = await goneKeepers(target, folder, noted);
  const settled = await amendParts(app, folder, noted, (part) => settledPart(part, gone, pass));
  return { batches: settled, doubled: found.ours.length - removed.length + found.doubtful.length };
};

type DoubtfulPart = RecordedPart & {
  readonly progress: { readonly doubt: NonNullable<RecordedPart["progress"]["doubt"]> };
};

const isDoubtful = (part: RecordedPart): part is DoubtfulPart => part.progress.doubt !== undefined;

const doubtfulParts = (batches: readonly BatchRecord[], folder: FolderRecord): readonly DoubtfulPart[] =>
  recordedParts(batches, folder).filter(isDoubtful);

const keepersOf = ({ progress: { copied, doubt } }: DoubtfulPart): readonly Keeper[] =>
  [...uidsIn(targetUidsOf(copied))].map((uid) => ({ uid, attempts: doubt.attempts }));

/** Stored before anything is removed. */
const noteKeepers = (
  app: AmendPorts,
  folder: FolderRecord,
  batches: readonly BatchRecord[],
  uids: UidSet,
): Promise<readonly BatchRecord[]> =>
  amendParts(app, folder, batches, (part) => {
    const { doubt, copied } = part.progress;
    const keepers = unionOf(doubt?.keepers ?? emptyUidSet, intersectionOf(uids, targetUidsOf(copied)));
    return doubt === undefined || keepers === (doubt.keepers ?? emptyUidSet)
      ? null
      : { ...part, progress: { ...part.progress, doubt: { ...doubt, keepers } } };
  });

const goneKeepers = async (
  target: Pick<MailSession, "metadata">,
  folder: FolderRecord,
  batches: readonly BatchRecord[],
): Promise<ReadonlySet<Uid>> => {
  const parts = doubtfulParts(batches, folder);
  const keepers = unionOf(...parts.map(({ progress }) => progress.doubt.keepers ?? emptyUidSet));
  const gone = new Set(uidsIn(keepers));
  for (const uids of keepers === emptyUidSet ? [] : slicesOf(keepers, slice)) {
    for (const message of await target.metadata(folder.targetPath, uids)) {
      if (!isDeleted(message)) gone.delete(message.uid);
    }
  }
  return gone;
};

/** What is gone is owed in the same write, and a part that was looked at by an earlier pass already is no longer in doubt. */
const settledPart = (part: RecordedPart, gone: ReadonlySet<Uid>, pass: PassNumber): RecordedPart | null => {
  const { doubt, ...progress } = part.progress;
  if (doubt === undefined) return null;
  const { keepers: _keepers, lookedIn = pass, ...standing } = doubt;
  const isFirstLook = lookedIn === pass;
  if (isFirstLook && doubt.lookedIn === pass && gone.size === 0 && doubt.keepers === undefined) return null;
  const left = withoutTargets({ ...part, progress }, gone);
  return isFirstLook ? { ...left, progress: { ...left.progress, doubt: { ...standing, lookedIn } } } : left;
};
