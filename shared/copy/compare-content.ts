import type { FolderPath, Uid, UidSet } from "../contract/ids.ts";
import type { FolderRecord } from "../contract/mailbox.ts";
import type { MailSession } from "../ports/mail-server.ts";
import { contentIdentity } from "./content-identity.ts";
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
 * Compares messages of both sides octet by octet, by digests that are made as they arrive; those that differ are read once more, and
 * compared in the form that is free of what servers are known to change. A message that is gone from the source by now has no likeness
 * and is left out; one that the target does not give is different.
 */
export const compareContent = async (
  sessions: Sessions,
  folder: FolderRecord,
  { pairs, largest }: ToCompare,
): Promise<ReadonlyMap<Uid, Likeness>> => {
  const likenesses = new Map<Uid, Likeness>();
  if (pairs.length === 0) return likenesses;
  const [ones, others] = await bothSides(sessions, folder, pairs, true, (session, path, uids) =>
    session.digests(path, uids),
  );
  const unlike: UidPair[] = [];
  for (const pair of pairs) {
    const one = ones.get(pair[0]);
    if (one === undefined) continue;
    if (one === others.get(pair[1])) likenesses.set(pair[0], "identical");
    else unlike.push(pair);
  }
  for (const [uid, likeness] of await compareForms(sessions, folder, { pairs: unlike, largest }))
    likenesses.set(uid, likeness);
  return likenesses;
};

/** Compares messages of other octets by what they say. Where one is large, one side is read after the other. */
const compareForms = async (
  sessions: Sessions,
  folder: FolderRecord,
  { pairs, largest }: ToCompare,
): Promise<ReadonlyMap<Uid, Likeness>> => {
  const likenesses = new Map<Uid, Likeness>();
  if (pairs.length === 0) return likenesses;
  const isAtOnce = largest <= largestAtOnce;
  const [ones, others] = await bothSides(sessions, folder, pairs, isAtOnce, identitiesOf);
  for (const [source, target] of pairs) {
    const one = ones.get(source);
    if (one !== undefined) likenesses.set(source, one === others.get(target) ? "normalised" : "different");
  }
  return likenesses;
};

/** What messages are named by, at one server. */
type Names = ReadonlyMap<Uid, string>;
type Naming = (session: MailSession, path: FolderPath, uids: UidSet) => Promise<Names>;

const bothSides = async (
  { source, target }: Sessions,
  { sourcePath, targetPath }: FolderRecord,
  pairs: readonly UidPair[],
  isAtOnce: boolean,
  name: Naming,
): Promise<readonly [source: Names, target: Names]> => {
  const ours = () => name(source, sourcePath, uidSetOf(pairs.map(([uid]) => uid)));
  const theirs = () => name(target, targetPath, uidSetOf(pairs.map(([, uid]) => uid)));
  return isAtOnce ? Promise.all([ours(), theirs()]) : [await ours(), await theirs()];
};

const identitiesOf: Naming = async (session, path, uids) => {
  const identities = new Map<Uid, string>();
  for await (const { uid, raw } of session.fetch(path, uids)) {
    identities.set(uid, await contentIdentity(raw));
    letGo(raw);
  }
  return identities;
};
