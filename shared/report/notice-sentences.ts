import type { Language } from "../contract/errors.ts";
import type { Channel, Delivery, Notice, UndeliverableReason } from "../contract/notice.ts";
import { isUnknown } from "../notices/notice-standing.ts";
import { momentIn } from "./moment-in.ts";

/** How asking a member for the password stands, in the operator's language. */
export const askedSentence = (notice: Notice | undefined, language: Language): string => {
  if (notice === undefined || isUnknown(notice)) return aboutToBeAsked[language];
  const { number, begunAt, mail, card } = notice;
  if (mail?.outcome !== "sent" && card?.outcome !== "sent") return missing[language];
  return asked[language].replace("{number}", String(number)).replace("{at}", momentIn(begunAt, language));
};

/** On which channels the last notice did not reach its member, and why; null when none came back. */
export const undeliverableSentence = (notice: Notice | undefined, language: Language): string | null => {
  const sentences = (["mail", "card"] as const).flatMap((channel) => {
    const delivery = notice?.[channel];
    return delivery?.outcome === "undeliverable" ? [failureOf(channel, delivery, language)] : [];
  });
  return sentences.length === 0 ? null : sentences.join(language === "en" ? " " : "");
};

const failureOf = (
  channel: Channel,
  { reason, words, at }: Extract<Delivery, { outcome: "undeliverable" }>,
  language: Language,
): string => {
  const quoted = words === "" ? "" : language === "en" ? ` (${words})` : `（${words}）`;
  return failed[channel][language]
    .replace("{at}", momentIn(at, language))
    .replace("{why}", () => `${why[reason][language]}${quoted}`);
};

const aboutToBeAsked = {
  en: "The password of the old mailbox is missing; its member is about to be asked for it.",
  zhCN: "缺少原邮箱密码，即将向成员索取。",
} as const;

const missing = {
  en: "The password of the old mailbox is missing.",
  zhCN: "缺少原邮箱密码。",
} as const;

const asked = {
  en: "The member was asked for the password of the old mailbox (notice {number}, {at}) and has not given it yet.",
  zhCN: "已向成员索取原邮箱密码（第 {number} 次，{at}），尚未收到。",
} as const;

const failed: Readonly<Record<Channel, Readonly<Record<Language, string>>>> = {
  mail: {
    en: "The mail did not arrive ({at}): {why}. Tell the member in another way, or enter the password.",
    zhCN: "邮件未送达（{at}）：{why}。请以其他方式通知成员，或代为输入密码。",
  },
  card: {
    en: "The WeCom card did not arrive ({at}): {why}.",
    zhCN: "企业微信卡片未送达（{at}）：{why}。",
  },
};

const why: Readonly<Record<UndeliverableReason, Readonly<Record<Language, string>>>> = {
  bounced: { en: "the old mail server does not accept mail for the address", zhCN: "原邮件服务器拒收该地址" },
  complained: { en: "the mail was reported as spam", zhCN: "邮件被举报为垃圾邮件" },
  refused: { en: "the mail was refused when it was sent", zhCN: "发送时被拒绝" },
  unknownMember: {
    en: "WeCom knows no such account, or the app may not see it",
    zhCN: "企业微信中没有该账号，或应用无权查看",
  },
  unlicensed: { en: "the member has no WeCom interface licence", zhCN: "该成员没有企业微信接口许可" },
};
