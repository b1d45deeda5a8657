import { z } from "zod";
import { MailAddress, MigrationId, PassNumber } from "../shared/contract/ids.ts";
import { BatchId } from "../shared/contract/mailbox.ts";

const mailbox = {
  migrationId: MigrationId,
  address: MailAddress,
  pass: PassNumber,
  /** How often the work of the pass was sent anew, because it had to wait for too long. @default 0 */
  round: z.number().int().min(1).optional(),
  /** How often it was put behind what it had come before. @default 0 */
  overtaken: z.number().int().min(1).optional(),
};

/**
 * A message of the copy queue. All messages of one mailbox share its message group, so they are worked off one at a time
 * and in order: the plan, then its batches, then the completion. Nothing but references travels: no mail, no secret.
 */
export const MailboxWork = z.discriminatedUnion("work", [
  z.strictObject({ work: z.literal("plan"), ...mailbox }),
  z.strictObject({ work: z.literal("copy"), ...mailbox, batchId: BatchId }),
  z.strictObject({ work: z.literal("complete"), ...mailbox }),
]);
export type MailboxWork = z.infer<typeof MailboxWork>;

/** The message group: everything of one mailbox in one line. */
export const messageGroupOf = (work: Pick<MailboxWork, "migrationId" | "address">): string =>
  `${work.migrationId}#${work.address}`;

/** Names the work, so that sending it again within five minutes adds nothing to the queue. */
export const deduplicationOf = (work: MailboxWork): string => {
  const mailboxAndPass = `${messageGroupOf(work)}#${work.pass}#${work.work}`;
  const name = work.work === "copy" ? `${mailboxAndPass}#${work.batchId}` : mailboxAndPass;
  const sent = work.round === undefined ? name : `${name}#${work.round}`;
  return work.overtaken === undefined ? sent : `${sent}#behind${work.overtaken}`;
};
