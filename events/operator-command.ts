import { z } from "zod";
import { MailAddress, MigrationId } from "../shared/contract/ids.ts";

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
  /** 「已修改解析」: the admin says the MX has been changed. */
  z.strictObject({ command: z.literal("confirmMxChange"), migrationId: MigrationId }),
]);
export type OperatorCommand = z.infer<typeof OperatorCommand>;
