import { z } from "zod";
import { MailAddress, MigrationId, Timestamp } from "./ids.ts";

/** Which delivery works on a mailbox, and until when nobody else may. */
export const MailboxClaim = z.strictObject({
  migrationId: MigrationId,
  address: MailAddress,
  /** Grows from claim to claim; what is written under a claim carries it, and nothing overwrites what a later one wrote. */
  token: z.number().int().min(1),
  /** The queue message and how often it had been received. */
  messageId: z.string().min(1),
  receiveCount: z.number().int().min(1),
  until: Timestamp,
});
export type MailboxClaim = z.infer<typeof MailboxClaim>;
