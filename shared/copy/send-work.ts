import { MailboxWork } from "../../events/mailbox-work.ts";
import type { Account } from "../contract/account.ts";
import type { PassNumber } from "../contract/ids.ts";
import type { BatchRecord } from "../contract/mailbox.ts";
import { isFinished } from "./progress.ts";
import type { WorkerPorts } from "./worker-ports.ts";

/** Leaves what a pass has before it to messages of its own, in the account's round. Doing it again does no harm. */
export const leaveToQueue = (
  app: Pick<WorkerPorts, "workQueue">,
  { migrationId, address, state }: Account,
  pass: PassNumber,
  batches: readonly BatchRecord[],
): Promise<void> => {
  const round = state.status === "copying" ? state.round : undefined;
  return sendWork(app, { migrationId, address, pass, round }, batches);
};

/**
 * Puts what is unfinished on the queue, and only when all of it is accepted the completion: a request may be accepted in part,
 * and a completion before its batches would find them missing. Sending again does no harm.
 */
export const sendWork = async (
  { workQueue }: Pick<WorkerPorts, "workQueue">,
  {
    migrationId,
    address,
    pass,
    round,
    overtaken,
  }: Pick<MailboxWork, "migrationId" | "address" | "pass" | "round" | "overtaken">,
  batches: readonly BatchRecord[],
): Promise<void> => {
  const mailbox = {
    ...{ migrationId, address, pass },
    ...(round === undefined ? {} : { round }),
    ...(overtaken === undefined ? {} : { overtaken }),
  };
  const copies = batches
    .filter((batch) => !isFinished(batch))
    .map(({ batchId }) => MailboxWork.parse({ work: "copy", ...mailbox, batchId }));
  if (copies.length > 0) await workQueue.send(copies);
  await workQueue.send([MailboxWork.parse({ work: "complete", ...mailbox })]);
};
