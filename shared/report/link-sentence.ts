import type { Account } from "../contract/account.ts";
import type { Language } from "../contract/errors.ts";
import type { Timestamp } from "../contract/ids.ts";
import type { MemberAccess } from "../contract/member-link.ts";
import { isWornOut, lockOf } from "../credentials/counted-try.ts";
import { holds } from "../credentials/open-link.ts";
import { hasCome } from "../time/moment.ts";
import { momentIn } from "./moment-in.ts";

/** What is recorded of a member's link, and when it is looked at. */
export interface LinkSeen {
  readonly access: MemberAccess | null;
  readonly now: Timestamp;
}

/** Whether an account stands still while its member has a link in hand: of others nobody needs to look at the link. */
export const hasLinkInHand = ({ state, notice }: Pick<Account, "state" | "notice">): boolean =>
  state.status === "notStarted" &&
  state.reason.kind === "memberAsked" &&
  (notice?.mail?.outcome === "sent" || notice?.card?.outcome === "sent");

/** Why the link in the member's hand opens nothing at present, and what to do; null when it does. */
export const linkSentence = ({ access, now }: LinkSeen, language: Language): string | null => {
  if (access === null || !holds(access)) return null;
  const { link, failures } = access;
  if (hasCome(link.expiresAt, now)) return ended(momentIn(link.expiresAt, language))[language];
  if (isWornOut(link)) return wornOut[language];
  const until = lockOf(access, now);
  return until === null ? null : locked(failures, momentIn(until, language))[language];
};

const ended = (at: string) => ({
  en: `The link ended at ${at}; remind the member, who then gets a new one.`,
  zhCN: `链接已于 ${at} 过期，请提醒成员以发送新链接。`,
});

const wornOut = {
  en: "Too much was tried through the link and it opens nothing any more; remind the member, who then gets a new one, or enter the password.",
  zhCN: "通过该链接尝试次数过多，链接已失效；请提醒成员以发送新链接，或代为输入密码。",
} as const;

const locked = (failures: number, until: string) => ({
  en: `${failures} wrong passwords were tried; the page waits until ${until}. You can enter the password yourself meanwhile.`,
  zhCN: `密码已错 ${failures} 次，页面暂停至 ${until}；其间可代为输入密码。`,
});
