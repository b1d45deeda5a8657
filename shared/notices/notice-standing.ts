import type { NoticeWork } from "../../events/notice-work.ts";
import type { Timestamp } from "../contract/ids.ts";
import { hoursBetweenNotices } from "../contract/member-settings.ts";
import type { Channel, Notice } from "../contract/notice.ts";
import { noticesQueue } from "../contract/queue.ts";
import { secondsBetween } from "../time/moment.ts";

/** A notice that was begun so long ago is not being sent any more: its sender may run for half of it. */
export const underWaySeconds = 2 * noticesQueue.senderTimeoutSeconds;

/** Whether an account is to be written to now, over which channels, and if not, why. */
export type NoticeStanding =
  | { readonly standing: "due"; readonly channels: readonly Channel[] }
  /** Another delivery is at it; look again after so many seconds. */
  | { readonly standing: "underWay"; readonly seconds: number }
  /** Asked already, and somebody who is asked once more is reminded. */
  | { readonly standing: "asked" }
  | { readonly standing: "tooEarly" }
  /** Every way to reach the member has failed, or there is none. */
  | { readonly standing: "undeliverable" };

/**
 * Decides about one notice. Where its sender died, what it sent is unknown, and it is sent once more: a member who gets it twice is
 * better off than one who never learns of it.
 */
export const standingOfNotice = (
  notice: Notice | undefined,
  { notice: kind, despiteFailure }: Pick<NoticeWork, "notice" | "despiteFailure">,
  channels: readonly Channel[],
  now: Timestamp,
): NoticeStanding => {
  const open = channels.filter(
    (channel) => despiteFailure === true || notice?.[channel]?.outcome !== "undeliverable",
  );
  if (notice === undefined) return open.length === 0 ? undeliverable : { standing: "due", channels: open };
  const age = secondsBetween(notice.begunAt, now);
  if (isUnknown(notice)) {
    if (age < underWaySeconds) return { standing: "underWay", seconds: Math.ceil(underWaySeconds - age) };
    return open.length === 0 ? undeliverable : { standing: "due", channels: open };
  }
  if (kind === "ask") return { standing: "asked" };
  if (open.length === 0) return undeliverable;
  return age < hoursBetweenNotices * 3_600 ? { standing: "tooEarly" } : { standing: "due", channels: open };
};

/** Whether nobody knows if anything of the notice was sent. */
export const isUnknown = ({ mail, card }: Notice): boolean => {
  const outcomes = [mail?.outcome, card?.outcome];
  return outcomes.includes("begun") && !outcomes.includes("sent");
};

const undeliverable = { standing: "undeliverable" } as const;
