import { z } from "zod";
import { MailAddress, MemberId, MigrationId, Timestamp } from "./ids.ts";

const of = { migrationId: MigrationId, memberId: MemberId, address: MailAddress };

/** A member whose own old mailbox (`address`) was entered. `importedAt` tells that account from one imported anew under the same name. */
export const VerifiedUser = z.strictObject({ ...of, importedAt: Timestamp, at: Timestamp });
export type VerifiedUser = z.infer<typeof VerifiedUser>;

/** A public mailbox (`address`) that starts as soon as this member is verified. */
export const AwaitedUser = z.strictObject(of);
export type AwaitedUser = z.infer<typeof AwaitedUser>;
