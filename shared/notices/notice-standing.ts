import type { NoticeWork } from "../../events/notice-work.ts";
import type { Timestamp } from "../contract/ids.ts";
import { hoursBetweenNotices } from "../contract/member-settings.ts";
import type { Channel, Notice } from "../contract/notice.ts";
import { noticesQueue } from "../contract/queue.ts";
import { hasCome, secondsAfter, secondsBetween } from "../time/moment.ts";

/** A notice that was begun so long ago is not being sent any more: its sender may run for half of it. */
export const underWaySeconds = 2 * noticesQueue.senderTimeoutSeconds;

/** Whether an account is to be written to now, over which channels, and if not, why. */
export type NoticeStanding =
  | { readonly standing: "due"; readonly channels: readonly Channel[] }
  /** Another delivery is at it; look again after so many seconds. */
  | { readonly standing: "underWay"; readonly seconds: number }
  /** Asked already, and somebody who is asked once more is reminded. */
  | { readonly standing: "asked" }
  /** Written to not long ago; again from then on. */
  | { readonly standing: "tooEarly"; readonly until: Timestamp }
  /** Every way to reach the member has failed, or there is none. */
  | { readonly standing: "undeliverable" };

/**
 * Decides about one notice. Where its sender died, what it sent is unknown, and it is sent once more: a member who gets it twice is
 * better off than one who never learns of it. `writtenAt` is when the member was last written to about an earlier account of the same
 * address; it counts where this one has had no notice yet.
 */
export const standingOfNotice = (
  notice: Notice | undefined,
  { notice: kind, despiteFailure }: Pick<NoticeWork, "notice" | "despiteFailure">,
  channels: readonly Channel[],
  now: Timestamp,
  writtenAt: Timestamp | null = null,
): NoticeStanding => {
  const open = channels.filter(
    (channel) => despiteFailure === true || notice?.[channel]?.outcome !== "undeliverable",
  );
  if (notice === undefined) return dueUnlessJustWritten(open, writtenAt, now);
  const age = secondsBetween(notice.begunAt, now);
  if (isUnknown(notice)) {
    if (age < underWaySeconds) return { standing: "underWay", seconds: Math.ceil(underWaySeconds - age) };
    return open.length === 0 ? undeliverable : { standing: "due", channels: open };
  }
  if (kind === "ask") return { standing: "asked" };
  return dueUnlessJustWritten(open, notice.begunAt, now);
};

/** Whether nobody knows if anything of the notice was sent. */
export const isUnknown = ({ mail, card }: Notice): boolean => {
  const outcomes = [mail?.outcome, card?.outcome];
  return outcomes.includes("begun") && !outcomes.includes("sent");
};

const dueUnlessJustWritten = (
  open: readonly Channel[],
  writtenAt: Timestamp | null,
  now: Timestamp,
): NoticeStanding => {
  if (open.length === 0) return undeliverable;
  const until = writtenAt === null ? null : secondsAfter(writtenAt, hoursBetweenNotices * 3_600);
  return until === null || hasCome(until, now)
    ? { standing: "due", channels: open }
    : { standing: "tooEarly", until };
};

const undeliverable = { standing: "undeliverable" } as const;
