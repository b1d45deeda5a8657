import { z } from "zod";
import { MailAddress, MigrationId, PassNumber } from "../shared/contract/ids.ts";
import { HeldSettings } from "../shared/contract/settings.ts";

/** What an operator may ask for; the command line sends it, the console will. */
export const OperatorCommand = z.discriminatedUnion("command", [
  /** Ends phase 2: no more accounts are waited for (下一步). */
  z.strictObject({ command: z.literal("finishAccounts"), migrationId: MigrationId }),
  /** A pass over every account now, or over those named. */
  z.strictObject({
    command: z.literal("startPass"),
    migrationId: MigrationId,
    only: z.array(MailAddress).max(1_000).optional(),
  }),
  /** The messages that the target refused are tried again, and nothing else: in all accounts, or in those named. */
  z.strictObject({
    command: z.literal("retryRefused"),
    migrationId: MigrationId,
    only: z.array(MailAddress).max(1_000).optional(),
  }),
  /** Other settings from now on: a server that moved, another pace. The domain stays what it is. */
  z.strictObject({ command: z.literal("changeSettings"), migrationId: MigrationId, settings: HeldSettings }),
  /** 「已修改解析」: the admin says the MX has been changed. */
  z.strictObject({ command: z.literal("confirmMxChange"), migrationId: MigrationId }),
]);
export type OperatorCommand = z.infer<typeof OperatorCommand>;

/**
 * What became of it: `done`; `standing` when the present pass is still running and goes on; `notWaiting` when the migration has not
 * come so far yet; `alreadyDone` when it is past it; `nothingRefused` when there is nothing to try again.
 */
export const OperatorAnswer = z.strictObject({
  outcome: z.enum([
    "done",
    "standing",
    "notWaiting",
    "alreadyDone",
    "noAccounts",
    "notCopying",
    "nothingRefused",
  ]),
  /** Of `startPass` and `retryRefused`: the pass that now runs. */
  pass: PassNumber.optional(),
});
export type OperatorAnswer = z.infer<typeof OperatorAnswer>;
