import type { FolderPath, Uid, UidSet } from "../contract/ids.ts";
import type { FolderRecord } from "../contract/mailbox.ts";
import type { MailSession } from "../ports/mail-server.ts";
import { contentIdentity, digestOf, isCanonical } from "./content-identity.ts";
import { letGo } from "./let-go.ts";
import type { Sessions } from "./sessions.ts";
import type { UidPair } from "./uid-map.ts";
import { uidSetOf } from "./uid-set.ts";

/** What the octets of a message on both sides show. */
export type Likeness = "identical" | "normalised" | "different";

/** Messages whose octets are to be compared. */
export interface ToCompare {
  readonly pairs: readonly UidPair[];
  /** Octets of the largest of them. */
  readonly largest: number;
}

/** Up to this size messages of both sides are held at the same time. */
const largestAtOnce = 8_000_000;

/**
 * Reads messages on both sides, in one FETCH each, and compares them octet by octet; where they differ, in the form that is free
 * of what servers are known to change. Only digests are kept, and where a message is large, one side is read after the other. A
 * message that is gone from the source by now has no likeness and is left out; one that the target does not give is different.
 */
export const compareContent = async (
  { source, target }: Sessions,
  { sourcePath, targetPath }: FolderRecord,
  { pairs, largest }: ToCompare,
): Promise<ReadonlyMap<Uid, Likeness>> => {
  const likenesses = new Map<Uid, Likeness>();
  if (pairs.length === 0) return likenesses;
  const ours = () => digestsAt(source, sourcePath, uidSetOf(pairs.map(([uid]) => uid)));
  const theirs = () => digestsAt(target, targetPath, uidSetOf(pairs.map(([, uid]) => uid)));
  const [ones, others] =
    largest > largestAtOnce ? [await ours(), await theirs()] : await Promise.all([ours(), theirs()]);
  for (const [sourceUid, targetUid] of pairs) {
    const one = ones.get(sourceUid);
    if (one !== undefined) likenesses.set(sourceUid, likeness(one, others.get(targetUid)));
  }
  return likenesses;
};

interface Digests {
  readonly octets: string;
  readonly content: string;
}

const likeness = (one: Digests, other: Digests | undefined): Likeness => {
  if (one.octets === other?.octets) return "identical";
  return one.content === other?.content ? "normalised" : "different";
};

const digestsAt = async (
  session: MailSession,
  path: FolderPath,
  uids: UidSet,
): Promise<ReadonlyMap<Uid, Digests>> => {
  const digests = new Map<Uid, Digests>();
  for await (const { uid, raw } of session.fetch(path, uids)) {
    const octets = await digestOf(raw);
    digests.set(uid, { octets, content: isCanonical(raw) ? octets : await contentIdentity(raw) });
    letGo(raw);
  }
  return digests;
};
