import { NoticeWork } from "../../events/notice-work.ts";
import { forEachBounded } from "../accounts/for-each-bounded.ts";
import type { Account } from "../contract/account.ts";
import type { MailAddress, Timestamp } from "../contract/ids.ts";
import type { Migration } from "../contract/migration.ts";
import type { Reminders } from "../contract/notice.ts";
import { lastWrittenAt } from "../credentials/member-link.ts";
import type { Clock } from "../ports/clock.ts";
import type { MemberLinkStore } from "../ports/member-link-store.ts";
import type { NoticeQueue } from "../ports/notice-queue.ts";
import { hasCome } from "../time/moment.ts";
import { channelsOf } from "./channels.ts";
import { standingOfNotice } from "./notice-standing.ts";
import { isPasswordAwaited } from "./password-awaited.ts";

export interface RemindAccountsPorts {
  readonly clock: Clock;
  readonly memberLinks: Pick<MemberLinkStore, "access">;
  readonly noticeQueue: Pick<NoticeQueue, "send">;
}

/** How many members are reminded, how many were written to not long ago and until when that holds, and how many cannot be reached. */
export type ReminderCounts = Pick<Reminders, "reminded" | "tooEarly" | "undeliverable" | "tooEarlyUntil">;

/** Records of accounts without a notice that are read together. */
const readAtOnce = 24;

/** Sends a reminder to the members of those accounts of these whose password is awaited and who may be written to. */
export const remindAccounts = async (
  app: RemindAccountsPorts,
  { settings }: Migration,
  accounts: readonly Account[],
  manner: Pick<NoticeWork, "despiteFailure">,
): Promise<ReminderCounts> => {
  const awaited = accounts.filter(isPasswordAwaited);
  // Only an account without a notice can have been written to as an earlier one.
  const written = new Map<MailAddress, Timestamp | null>();
  const unwritten = awaited.filter(({ notice }) => notice === undefined);
  await forEachBounded(unwritten, readAtOnce, async (account) => {
    written.set(account.address, lastWrittenAt(await app.memberLinks.access(account)));
  });
  const found = awaited.map((account) => {
    const { migrationId, address, notice } = account;
    const work = NoticeWork.parse({ migrationId, address, notice: "remind", ...manner });
    const channels = channelsOf(settings, account);
    const writtenAt = written.get(address) ?? null;
    return { work, at: standingOfNotice(notice, work, channels, app.clock.now(), writtenAt) };
  });
  const due = found.filter(({ at }) => at.standing === "due").map(({ work }) => work);
  const undeliverable = found.filter(({ at }) => at.standing === "undeliverable").length;
  const tooEarlyUntil = found
    .map(({ at }) => (at.standing === "tooEarly" ? at.until : undefined))
    .reduce(earlier, undefined);
  await app.noticeQueue.send(due);
  const tooEarly = found.length - due.length - undeliverable;
  return { reminded: due.length, tooEarly, undeliverable, ...untilOf(tooEarlyUntil) };
};

/** The earlier of two moments of which either may be unknown. */
export const earlier = (one: Timestamp | undefined, other: Timestamp | undefined): Timestamp | undefined => {
  if (one === undefined || other === undefined) return one ?? other;
  return hasCome(one, other) ? one : other;
};

/** A field that is left out where it is not known. */
export const untilOf = (tooEarlyUntil: Timestamp | undefined): Pick<Reminders, "tooEarlyUntil"> =>
  tooEarlyUntil === undefined ? {} : { tooEarlyUntil };
