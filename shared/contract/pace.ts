import { z } from "zod";
import { MailAddress, MigrationId, Timestamp } from "./ids.ts";

/** What a mailbox waits for: its hours, a free connection to its old server, the next day's bytes, or a server that asked to wait. */
export const WaitingReason = z.enum(["window", "connections", "dailyBytes", "serverBusy"]);
export type WaitingReason = z.infer<typeof WaitingReason>;

/** A mailbox that waits: it is 迁移中 and nothing is wrong with it. */
export const Waiting = z.strictObject({
  /** Since when it has been waiting for the same reason without getting on. */
  since: Timestamp,
  until: Timestamp,
  reason: WaitingReason,
});
export type Waiting = z.infer<typeof Waiting>;

/** A day in UTC, `2026-11-22`. */
export const Day = z.iso.date().brand("Day");
export type Day = z.infer<typeof Day>;

/** One of the connections that a source host is given: who holds it, and what went over it on one day. */
export const SlotRecord = z.strictObject({
  host: z.string().min(1),
  number: z.number().int().min(0),
  /** Null when it was given back. */
  holder: z.string().min(1).nullable(),
  /** From then on it is free even if its holder never gave it back. */
  heldUntil: Timestamp,
  day: Day,
  bytes: z.number().int().min(0),
});
export type SlotRecord = z.infer<typeof SlotRecord>;

/** What was fetched from one mailbox on one day. */
export const FetchedRecord = z.strictObject({
  migrationId: MigrationId,
  address: MailAddress,
  day: Day,
  bytes: z.number().int().min(0),
});
export type FetchedRecord = z.infer<typeof FetchedRecord>;
