import { z } from "zod";

/** One domain's move. Lower case so that it can stand in a queue's group id, an S3 key and an execution name alike. */
export const MigrationId = z
  .string()
  .regex(/^[a-z0-9][a-z0-9.-]{0,71}$/, "lower-case letters, digits, dots and hyphens, at most 72")
  .brand("MigrationId");
export type MigrationId = z.infer<typeof MigrationId>;

/** A mailbox address, lower case; the source address identifies an account inside its migration (RFC 5321 §4.5.3.1: at most 254 octets). */
export const MailAddress = z
  .string()
  .max(254)
  .regex(/^[^\s@]+@[^\s@]+$/, "an e-mail address")
  .lowercase()
  .brand("MailAddress");
export type MailAddress = z.infer<typeof MailAddress>;

/** A member's account name in the company directory (WeCom `userid`), compared case-insensitively, kept as written. */
export const MemberId = z.string().min(1).max(64).brand("MemberId");
export type MemberId = z.infer<typeof MemberId>;

/** A folder's full path as its own server writes it, decoded to Unicode, with that server's separator. */
export const FolderPath = z.string().min(1).max(1_000).brand("FolderPath");
export type FolderPath = z.infer<typeof FolderPath>;

/** A folder's incarnation (RFC 3501 §2.3.1.1): a UID means nothing without it. Decimal, because it may exceed 2^31. */
export const UidValidity = z
  .string()
  .regex(/^[0-9]{1,20}$/)
  .brand("UidValidity");
export type UidValidity = z.infer<typeof UidValidity>;

/** A message's number inside one incarnation of a folder: 1 … 2^32-1, ascending (RFC 3501 §2.3.1.1). */
export const Uid = z.number().int().min(1).max(4_294_967_295).brand("Uid");
export type Uid = z.infer<typeof Uid>;

/** A set of UIDs in ascending ranges, `1:5,9,12:40`; empty when it holds none. Ascending because Tencent refuses `9:1`. */
export const UidSet = z
  .string()
  .regex(/^$|^\d+(:\d+)?(,\d+(:\d+)?)*$/)
  .brand("UidSet");
export type UidSet = z.infer<typeof UidSet>;

/** Counts the passes of a migration: 1 is the initial one. */
export const PassNumber = z.number().int().min(1).brand("PassNumber");
export type PassNumber = z.infer<typeof PassNumber>;

/** A moment in UTC, ISO 8601. */
export const Timestamp = z.iso.datetime().brand("Timestamp");
export type Timestamp = z.infer<typeof Timestamp>;
