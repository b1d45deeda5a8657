import { z } from "zod";
import { MigrationId, Timestamp } from "../shared/contract/ids.ts";

/** `source` and `detail-type` of our own events on the bus. */
export const mailferrySource = "mailferry";
export const mxChangeDetectedType = "MxChangeDetected";

/** Somebody or something saw the MX change. A hint, never proof: the switch asks every name server itself. */
export const MxChangeDetected = z.strictObject({
  domain: z.string().min(1).max(253),
  migrationId: MigrationId.optional(),
  origin: z.enum(["dns-poll", "admin-confirmed"]),
  observedAt: Timestamp,
});
export type MxChangeDetected = z.infer<typeof MxChangeDetected>;

/** The event as EventBridge delivers it. */
export const MxChangeDetectedEvent = z.object({
  source: z.literal(mailferrySource),
  "detail-type": z.literal(mxChangeDetectedType),
  detail: MxChangeDetected,
});
export type MxChangeDetectedEvent = z.infer<typeof MxChangeDetectedEvent>;
