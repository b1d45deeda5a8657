import type { Uid, UidSet } from "../contract/ids.ts";
import type { BatchRecord, FolderRecord, FolderSummary } from "../contract/mailbox.ts";
import type { Verification } from "../contract/verification.ts";
import { setDifferingFlags } from "./bring-flags.ts";
import { compareContent } from "./compare-content.ts";
import { mappedMessages, type RecordedPart } from "./mapped-messages.ts";
import { EveryMessage, Sample } from "./sample.ts";
import type { Sessions } from "./sessions.ts";
import { countUids, intersectionOf, slicesOf, uidSetOf, uidsIn, unionOf, without } from "./uid-set.ts";
import { partsSince, type VerificationReading } from "./verification-reading.ts";
import { type FolderCounts, VerificationTally } from "./verification-tally.ts";
import { verifyPart } from "./verify-part.ts";

/** So many messages' metadata are held at one time. */
const slice = 2_000;

/** How a folder is to be verified. */
export interface VerificationScope {
  /** What both sides say of it. */
  readonly reading: VerificationReading;
  /** As of the last pass in which the folder was in order. */
  readonly previous: FolderSummary | null;
  readonly peopleAtTarget: boolean;
  /** UIDNEXT of the target folder. */
  readonly targetUidNext: number;
}

/** What a folder's messages came to. */
export interface VerifiedFolder {
  /** Source UIDs that are there. */
  readonly present: UidSet;
  readonly counts: FolderCounts;
  readonly bytes: number;
  readonly verification: Verification;
  /** Source UIDs whose messages the target was found to hold in another form of the same content. */
  readonly normalised: UidSet;
  /** Target UIDs that were written or recognised since the folder was last in order and are not there. */
  readonly missing: readonly Uid[];
  /** Whether flags were given to messages of the target. */
  readonly hasWritten: boolean;
}

/**
 * Verifies what came to a folder since it was last in order, part by part, and gives it its flags; what was verified before is
 * known from the records. One list of UIDs tells what the source holds by now. Every message of it must be mapped to a target message
 * that is there, of the same size and date, or be refused; whatever is neither is unexplained and counted as nothing else, so that
 * the folder does not add up.
 *
 * What was verified before may be gone from the target since: a person removed it, which is theirs to do. Once people work
 * there, this is so for new messages too, as long as the target's UIDNEXT shows that it had taken them.
 */
export const verifyFolder = async (
  sessions: Sessions,
  folder: FolderRecord,
  batches: readonly BatchRecord[],
  scope: VerificationScope,
): Promise<VerifiedFolder> => {
  const { previous, reading } = scope;
  const { parts, sample: compareFew } = reading;
  let { present } = reading;
  const { verified, due } = partsSince(batches, folder, previous);
  const newcomers = without(uidsOf(due), uidsOf(verified));
  const tally = new VerificationTally();
  const few = new Sample();
  const missing: Uid[] = [];
  let [bytes, hasWritten] = [0, false];
  for await (const read of parts) {
    const sample = compareFew === null ? new EveryMessage() : few;
    const found = await verifyPart(sessions, folder, read, sample);
    tally.note(found.likenesses);
    if (sample !== few) tally.noteCompared(await compareContent(sessions, folder, sample.chosen()));
    for (const [source, target] of found.missing) {
      if (wasRemoved(target, scope)) continue;
      tally.noteMissing(source);
      missing.push(target);
    }
    if (!scope.peopleAtTarget) {
      const isChanged = await setDifferingFlags(sessions.target, folder.targetPath, found.otherFlags);
      hasWritten ||= isChanged;
    }
    bytes += bytesOf(found.sizes, intersectionOf(newcomers, read.uids));
    present = without(present, uidSetOf(found.vanished));
  }
  if (compareFew !== null) tally.noteCompared(await compareFew.compare(few.chosen()));

  const mapped = mappedMessages(batches, folder);
  const isAsBefore = countUids(without(present, newcomers)) === (previous?.source ?? 0);
  return {
    present,
    counts: tally.counts(present, mapped),
    bytes: isAsBefore ? (previous?.bytes ?? 0) + bytes : await bytesNow(sessions, folder, present),
    verification: tally.classes(present, mapped, previous?.verification?.sampled ?? 0),
    normalised: tally.normalised(),
    missing,
    hasWritten,
  };
};

/** A UID below UIDNEXT was given out: where people work, the message it named was removed by one of them, and not lost. */
const wasRemoved = (
  target: Uid,
  { peopleAtTarget, targetUidNext }: Pick<VerificationScope, "peopleAtTarget" | "targetUidNext">,
): boolean => peopleAtTarget && target < targetUidNext;

const uidsOf = (parts: readonly RecordedPart[]): UidSet => unionOf(...parts.map(({ uids }) => uids));

const bytesOf = (sizes: ReadonlyMap<Uid, number>, uids: UidSet): number =>
  [...uidsIn(uids)].reduce((sum, uid) => sum + (sizes.get(uid) ?? 0), 0);

/** Something vanished from the source, and only the server knows how large it was. */
const bytesNow = async (
  { source }: Sessions,
  { sourcePath }: FolderRecord,
  present: UidSet,
): Promise<number> => {
  let bytes = 0;
  for (const uids of slicesOf(present, slice)) {
    for (const { size } of await source.metadata(sourcePath, uids)) bytes += size;
  }
  return bytes;
};
