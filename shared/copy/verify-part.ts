import type { Uid } from "../contract/ids.ts";
import type { FolderRecord } from "../contract/mailbox.ts";
import type { MessageMetadata } from "../ports/mail-server.ts";
import type { FlagDifference } from "./bring-flags.ts";
import { compareContent, type Likeness } from "./compare-content.ts";
import type { ReadPart } from "./read-parts.ts";
import { EveryMessage, type Sample } from "./sample.ts";
import type { Sessions } from "./sessions.ts";
import { sameFlags } from "./storable-flags.ts";
import { sourceUidsOf, type UidPair } from "./uid-map.ts";
import { uidsIn } from "./uid-set.ts";

/** What metadata, and octets where they were read, show of a part's messages. UIDs are the source's where nothing else is said. */
export interface VerifiedPart {
  /** Octets of each message that the source still holds. */
  readonly sizes: ReadonlyMap<Uid, number>;
  /** Gone from the source since it was looked at. */
  readonly vanished: readonly Uid[];
  readonly likenesses: ReadonlyMap<Uid, Likeness>;
  /** Pairs whose target message is not there. */
  readonly missing: readonly UidPair[];
  readonly otherFlags: readonly FlagDifference[];
}

/**
 * Compares the messages of one part: each must be there, of the same size and, if it was written, of the same date; where the
 * size differs the content decides. Messages whose octets are still to be compared are offered to the sample.
 */
export const verifyPart = async (
  sessions: Sessions,
  folder: FolderRecord,
  { part, uids, pairs, sources, targets }: ReadPart,
  sample: Pick<Sample, "offer">,
): Promise<VerifiedPart> => {
  // Made when a date differs, which it seldom does.
  let written: ReadonlySet<Uid> | undefined;
  const isWritten = (uid: Uid): boolean => {
    written ??= new Set(uidsIn(sourceUidsOf(part.progress.copied)));
    return written.has(uid);
  };
  const likenesses = new Map<Uid, Likeness>();
  const missing: UidPair[] = [];
  const otherFlags: FlagDifference[] = [];
  const unlike = new EveryMessage();
  for (const pair of pairs) {
    const [source, target] = [sources.get(pair[0]), targets.get(pair[1])];
    if (source === undefined) continue;
    if (target === undefined) {
      missing.push(pair);
      continue;
    }
    if (!sameFlags(source.flags, target.flags))
      otherFlags.push({ uid: pair[1], from: target.flags, to: source.flags });
    if (!sameDate(source, target) && isWritten(pair[0])) likenesses.set(pair[0], "different");
    else if (source.size !== target.size) unlike.offer(pair, source.size);
    else {
      likenesses.set(pair[0], "identical");
      sample.offer(pair, source.size);
    }
  }
  for (const [uid, likeness] of await compareContent(sessions, folder, unlike.chosen()))
    likenesses.set(uid, likeness);
  const sizes = new Map([...sources].map(([uid, { size }]) => [uid, size]));
  const vanished = [...uidsIn(uids)].filter((uid) => !sources.has(uid));
  return { sizes, vanished, likenesses, missing, otherFlags };
};

/** To the second. Dates that IMAP servers cannot keep (before 1970, after 2038-01-19) are theirs to change. */
const sameDate = (one: MessageMetadata, other: MessageMetadata): boolean => {
  if (one.internalDate === other.internalDate) return true;
  const second = Math.floor(Date.parse(one.internalDate) / 1_000);
  return (
    second === Math.floor(Date.parse(other.internalDate) / 1_000) || second < 0 || second > 2_147_483_646
  );
};
