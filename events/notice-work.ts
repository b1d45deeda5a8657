import { z } from "zod";
import { MailAddress, MigrationId } from "../shared/contract/ids.ts";
import { NoticeKind } from "../shared/contract/notice.ts";

/** A message of the notices queue: one account is to be written to. It carries no link: that is made when the notice is sent. */
export const NoticeWork = z.strictObject({
  migrationId: MigrationId,
  address: MailAddress,
  notice: NoticeKind,
  /** Also on a channel that the last notice came back from, because an operator named the account. */
  despiteFailure: z.literal(true).optional(),
});
export type NoticeWork = z.infer<typeof NoticeWork>;
