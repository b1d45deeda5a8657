import { z } from "zod";
import { MailAddress } from "./ids.ts";

/** Nobody is written to more often than this, whoever asks for it. */
export const hoursBetweenNotices = 12;

/** The languages in which members are written to, by their BCP 47 tags. */
export const NoticeLanguage = z.enum(["zh-CN", "en"]);
export type NoticeLanguage = z.infer<typeof NoticeLanguage>;

/** `members` of the settings: whether and how those whose password is missing are asked for it. */
export const MemberSettings = z.strictObject({
  /** Asks members for missing passwords by mail, by WeCom card, or both: whatever `notices` and `directory` allow. */
  ask: z.boolean().default(false),
  /** Reminds everybody who has not answered so often, in hours. @default only when an operator says so */
  remindEveryHours: z.number().int().min(hoursBetweenNotices).max(720).optional(),
  /** How many days a link to the password page holds. */
  linkDays: z.number().int().min(1).max(60).default(14),
  /** The languages of a mail, one below the other in this order; a card has room for the first only. */
  languages: z
    .array(NoticeLanguage)
    .min(1)
    .refine((languages) => new Set(languages).size === languages.length, "each language once")
    .default(["zh-CN", "en"]),
});
export type MemberSettings = z.infer<typeof MemberSettings>;

/** `notices` of the settings: who writes to members. */
export const NoticeSettings = z.strictObject({
  /** The sender: an address, or an address of a domain, that is a verified identity in SES. @default no mail is sent */
  from: MailAddress.optional(),
  /** Whom a member may ask whether a notice is genuine; answers go there too. */
  admin: MailAddress.optional(),
});
export type NoticeSettings = z.infer<typeof NoticeSettings>;
