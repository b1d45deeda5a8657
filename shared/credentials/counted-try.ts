import type { Timestamp } from "../contract/ids.ts";
import type { MemberAccess } from "../contract/member-link.ts";
import { hasCome, secondsAfter } from "../time/moment.ts";

/** Wrong passwords in a row after which the page waits. */
export const triesBeforeLock = 5;
/** Wrong passwords after which a link is worn out and the admin has to send another. */
const triesPerLink = 20;
/**
 * Tries without an answer after which it is worn out as well. A server may be down for a day, but one that keeps wrong passwords waiting
 * longer than the page does would otherwise be guessed at, and asked, without end.
 */
const unansweredPerLink = 100;

const firstLockSeconds = 15 * 60;
const longestLockSeconds = 24 * 60 * 60;

/** A record whose link holds. */
export type OpenAccess = MemberAccess & { readonly link: NonNullable<MemberAccess["link"]> };

/** Whether a link opens nothing any more, however long it would hold. */
export const isWornOut = ({ failures, unanswered = 0 }: OpenAccess["link"]): boolean =>
  failures >= triesPerLink || unanswered >= unansweredPerLink;

/** Until when nothing may be tried; null when something may. */
export const lockOf = ({ lockedUntil }: MemberAccess, now: Timestamp): Timestamp | null =>
  lockedUntil === undefined || hasCome(lockedUntil, now) ? null : lockedUntil;

/**
 * Counts a try before it is made: a thousand posts at once are then five tries and not a thousand, and one whose function dies stays
 * counted. From the fifth on each sets a lock twice as long as the one before: 15 minutes, 30, … at most a day.
 */
export const withTryCounted = (access: OpenAccess, now: Timestamp): OpenAccess => {
  const failures = access.failures + 1;
  const { lockedUntil: _past, ...rest } = access;
  return {
    ...rest,
    failures,
    link: { ...access.link, failures: access.link.failures + 1 },
    ...(failures < triesBeforeLock ? {} : { lockedUntil: secondsAfter(now, lockSeconds(failures)) }),
  };
};

/** Takes back a try that proved nothing about the password, with the lock it set, and counts it as that; `counted` is the record as the try left it. */
export const withTryTakenBack = (access: MemberAccess, counted: OpenAccess): MemberAccess => {
  const { lockedUntil, ...rest } = access;
  const keepsLock = lockedUntil !== undefined && lockedUntil !== counted.lockedUntil;
  return {
    ...rest,
    failures: Math.max(0, access.failures - 1),
    link: access.link?.digest === counted.link.digest ? unansweredIn(access.link) : access.link,
    ...(keepsLock ? { lockedUntil } : {}),
  };
};

/** After the right password what was tried before does not count any more. */
export const withTriesForgotten = ({ lockedUntil: _ended, ...access }: MemberAccess): MemberAccess => ({
  ...access,
  failures: 0,
  link: access.link === null ? null : { ...access.link, failures: 0 },
});

const lockSeconds = (failures: number): number =>
  Math.min(longestLockSeconds, firstLockSeconds * 2 ** (failures - triesBeforeLock));

const unansweredIn = (link: OpenAccess["link"]): OpenAccess["link"] => ({
  ...link,
  failures: Math.max(0, link.failures - 1),
  unanswered: (link.unanswered ?? 0) + 1,
});
