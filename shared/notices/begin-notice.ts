import type { NoticeWork } from "../../events/notice-work.ts";
import type { Account } from "../contract/account.ts";
import type { Migration } from "../contract/migration.ts";
import type { Channel, Notice } from "../contract/notice.ts";
import { amendAccount } from "../copy/amend-account.ts";
import { lastWrittenAt } from "../credentials/member-link.ts";
import type { AccountStore } from "../ports/account-store.ts";
import type { Clock } from "../ports/clock.ts";
import type { MemberLinkStore } from "../ports/member-link-store.ts";
import { channelsOf } from "./channels.ts";
import { isUnknown, type NoticeStanding, standingOfNotice } from "./notice-standing.ts";

/** An account whose notice has just been begun. */
export type Begun = Account & { readonly notice: Notice };

/** Records that the notice is begun, if it is due; `begun` is null when it is not, and `standing` says why. */
export const beginNotice = async (
  app: {
    readonly accounts: Pick<AccountStore, "get" | "replace">;
    readonly memberLinks: Pick<MemberLinkStore, "access">;
    readonly clock: Clock;
  },
  { settings }: Migration,
  work: NoticeWork,
): Promise<{ readonly begun: Begun | null; readonly standing: NoticeStanding }> => {
  let standing: NoticeStanding = { standing: "undeliverable" };
  let begun: Begun | null = null;
  const writtenAt = lastWrittenAt(await app.memberLinks.access(work));
  await amendAccount(app, work, (stored) => {
    const now = app.clock.now();
    begun = null;
    standing = standingOfNotice(stored.notice, work, channelsOf(settings, stored), now, writtenAt);
    if (standing.standing !== "due") return null;
    begun = { ...stored, notice: nextNotice(stored.notice, work, standing.channels, now) };
    return begun;
  });
  return { begun, standing };
};

/** A channel that is left out because it failed before still says so. One whose sender died is not counted twice. */
const nextNotice = (
  last: Notice | undefined,
  { notice: kind }: NoticeWork,
  channels: readonly Channel[],
  begunAt: Notice["begunAt"],
): Notice => {
  const failed = (["mail", "card"] as const).filter(
    (channel) => last?.[channel]?.outcome === "undeliverable",
  );
  return {
    kind,
    number: last !== undefined && isUnknown(last) ? last.number : (last?.number ?? 0) + 1,
    begunAt,
    ...Object.fromEntries(failed.map((channel) => [channel, last?.[channel]])),
    ...Object.fromEntries(channels.map((channel) => [channel, { outcome: "begun" }])),
  };
};
