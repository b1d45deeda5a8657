import { z } from "zod";
import { MailAddress, MigrationId, Timestamp } from "./ids.ts";

/** What is kept of a link: SHA-256 over its token, base64url. The token itself is only in the hands of whom it was sent to. */
export const LinkDigest = z
  .string()
  .regex(/^[A-Za-z0-9_-]{43}$/)
  .brand("LinkDigest");
export type LinkDigest = z.infer<typeof LinkDigest>;

/** Which mailbox a link was made for. Whether it still opens anything stands in the mailbox' MemberAccess. */
export const MemberLink = z.strictObject({
  digest: LinkDigest,
  migrationId: MigrationId,
  address: MailAddress,
});
export type MemberLink = z.infer<typeof MemberLink>;

/**
 * Who may try passwords for a mailbox, and how often still. Everything that decides about a try is in this one record, so that a
 * try is counted, a link revoked or a lock set by one conditional write.
 */
export const MemberAccess = z.strictObject({
  migrationId: MigrationId,
  address: MailAddress,
  /** The one link that holds; null when the last one was revoked. */
  link: z
    .strictObject({
      digest: LinkDigest,
      issuedAt: Timestamp,
      expiresAt: Timestamp,
      /** Wrong passwords tried through this link. */
      failures: z.number().int().min(0),
      /** Tries through this link that said nothing about the password. @default none */
      unanswered: z.number().int().min(0).optional(),
    })
    .nullable(),
  /** Wrong passwords since the last right one, through whichever link: a new link does not make them unhappened. */
  failures: z.number().int().min(0),
  /** Until then nothing is tried. */
  lockedUntil: Timestamp.optional(),
  /**
   * When the last link that was revoked had been issued, which is when its member was last written to. It outlives the account: one that
   * is cleared and imported anew belongs to a member who still has the last mail. @default never revoked
   */
  writtenAt: Timestamp.optional(),
});
export type MemberAccess = z.infer<typeof MemberAccess>;
