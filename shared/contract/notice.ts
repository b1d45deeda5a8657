import { z } from "zod";
import { MailAddress, Timestamp } from "./ids.ts";

/** `ask`: the password is asked for the first time; `remind`: once more. */
export const NoticeKind = z.enum(["ask", "remind"]);
export type NoticeKind = z.infer<typeof NoticeKind>;

/** The ways to reach a member: a mail to the old address, a card inside WeCom. */
export const Channel = z.enum(["mail", "card"]);
export type Channel = z.infer<typeof Channel>;

/**
 * Why a member cannot be reached on one channel: `bounced` and `complained` are what came back for a mail, `refused` what SES said
 * to it in the first place, with their words; the others are about a WeCom account.
 */
export const UndeliverableReason = z.enum([
  "bounced",
  "complained",
  "refused",
  "unknownMember",
  "unlicensed",
]);
export type UndeliverableReason = z.infer<typeof UndeliverableReason>;

/**
 * What became of a notice on one channel. `begun` is recorded before anything is sent; where it stays, its sender died and whether
 * something was sent is unknown.
 */
export const Delivery = z.discriminatedUnion("outcome", [
  z.strictObject({ outcome: z.literal("begun") }),
  z.strictObject({ outcome: z.literal("sent"), at: Timestamp }),
  z.strictObject({
    outcome: z.literal("undeliverable"),
    at: Timestamp,
    reason: UndeliverableReason,
    /** The words of the server that refused it; empty where nobody said any. */
    words: z.string().max(500),
  }),
]);
export type Delivery = z.infer<typeof Delivery>;

/** The last notice to an account. A channel that it did not go over is absent, or says why an earlier notice failed on it. */
export const Notice = z.strictObject({
  kind: NoticeKind,
  /** Which notice to this account it is, from 1; it stands in the mail's tags, so that a bounce finds the notice it belongs to. */
  number: z.number().int().min(1),
  begunAt: Timestamp,
  mail: Delivery.optional(),
  card: Delivery.optional(),
});
export type Notice = z.infer<typeof Notice>;

const count = z.number().int().min(0);

/** How reminding everybody stands: what was counted so far, and where it goes on. */
export const Reminders = z.strictObject({
  requestedAt: Timestamp,
  /** The shard of accounts to look at next; beyond the last one when it is done. */
  shard: count,
  /** The last account of that shard that was looked at. */
  after: MailAddress.optional(),
  reminded: count,
  tooEarly: count,
  undeliverable: count,
  /** When the first of those whom it is too early for may be written to. @default it is too early for nobody, or not known */
  tooEarlyUntil: Timestamp.optional(),
});
export type Reminders = z.infer<typeof Reminders>;
