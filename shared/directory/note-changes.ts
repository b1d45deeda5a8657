import { type Directory, type Member, sameMember } from "../accounts/directory.ts";
import {
  type DirectoryChange,
  type DirectorySnapshot,
  directoryChangesKept,
} from "../contract/directory-snapshot.ts";
import type { Timestamp } from "../contract/ids.ts";

/**
 * The record with everybody who is new since `before` and everybody who is gone, or the very same record when nobody is. Noting
 * the same difference again adds nothing: somebody who stands there as joined, and not as left since, has been noted.
 */
export const withChanges = (
  known: DirectorySnapshot,
  before: Directory,
  now: readonly Member[],
  at: Timestamp,
): DirectorySnapshot => {
  const present = new Set(now.map(({ userid }) => sameMember(userid)));
  const joined = unnoted(
    now.filter(({ userid }) => before.find(userid) === null),
    known.joined,
    known.left,
  );
  const left = unnoted(
    before.members.filter(({ userid }) => !present.has(sameMember(userid))),
    known.left,
    known.joined,
  );
  if (joined.length + left.length === 0) return known;
  return {
    ...known,
    joined: newestFirst(joined, known.joined, at),
    joinedEver: known.joinedEver + joined.length,
    left: newestFirst(left, known.left, at),
    leftEver: known.leftEver + left.length,
  };
};

/** Those whose last noted change is not this one already. */
const unnoted = (
  members: readonly Member[],
  same: readonly DirectoryChange[],
  opposite: readonly DirectoryChange[],
): readonly Member[] => {
  const noted = lastOf(same);
  const undone = lastOf(opposite);
  return members.filter(({ userid }) => {
    const at = noted.get(sameMember(userid));
    const since = undone.get(sameMember(userid));
    return at === undefined || (since !== undefined && since >= at);
  });
};

/** The lists are newest first, so the first entry of a member is the last change. Milliseconds since 1970. */
const lastOf = (changes: readonly DirectoryChange[]): ReadonlyMap<string, number> =>
  new Map([...changes].reverse().map(({ memberId, at }) => [sameMember(memberId), Date.parse(at)]));

const newestFirst = (
  added: readonly Member[],
  known: readonly DirectoryChange[],
  at: Timestamp,
): DirectoryChange[] =>
  [...added.map(({ userid, name }) => ({ memberId: userid, name, at })), ...known].slice(
    0,
    directoryChangesKept,
  );
