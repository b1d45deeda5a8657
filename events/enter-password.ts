import { z } from "zod";
import { MailAddress, MigrationId } from "../shared/contract/ids.ts";
import { StoredError } from "../shared/contract/stored-error.ts";

/**
 * An operator types in the password of a source mailbox (输入密码). It travels in this synchronous call and nowhere else: invoked
 * asynchronously, Lambda would put it into a queue.
 */
export const EnterPassword = z.strictObject({
  migrationId: MigrationId,
  address: MailAddress,
  password: z.string().min(1).max(1_024),
});
export type EnterPassword = z.infer<typeof EnterPassword>;

/**
 * `accepted`: it is right and kept, and the mailbox starts where the migration copies. `refused`: the server said no; the remedy says what
 * its provider may want instead. `tryLater`: nothing is known of it. `notAsked`: no such account, or no use for a password.
 */
export const EnterPasswordAnswer = z.discriminatedUnion("outcome", [
  z.strictObject({ outcome: z.literal("accepted") }),
  z.strictObject({
    outcome: z.literal("refused"),
    error: StoredError,
    remedy: z.strictObject({ en: z.string(), zhCN: z.string() }),
  }),
  z.strictObject({ outcome: z.literal("tryLater"), error: StoredError }),
  z.strictObject({ outcome: z.literal("notAsked") }),
]);
export type EnterPasswordAnswer = z.infer<typeof EnterPasswordAnswer>;
