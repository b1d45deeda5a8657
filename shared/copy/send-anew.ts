import type { MailboxWork } from "../../events/mailbox-work.ts";
import { amendAccount } from "./amend-account.ts";
import { sendWork } from "./send-work.ts";
import type { WorkerPorts } from "./worker-ports.ts";

/**
 * SQS counts a delivery that only had to wait like one that failed. Before that makes a dead letter of it, the rest of the pass is
 * put on the queue once more as new messages, the work at hand first, and the present ones no longer count.
 *
 * All of it, because a FIFO group keeps its order: one message sent anew would stand behind the completion. First it is sent, then
 * the account says which round counts, then the message at hand is done. Whatever dies in between leaves that message, or the new
 * ones, and both rounds may be worked off: a batch that is finished is not copied again, a completion after the end is dropped.
 */
export const sendAnew = async (
  app: Pick<WorkerPorts, "accounts" | "mailboxes" | "workQueue">,
  work: MailboxWork,
): Promise<void> => {
  const round = (work.round ?? 0) + 1;
  if (work.work === "plan") await app.workQueue.send([{ ...work, round }]);
  else await sendWork(app, { ...work, round }, await app.mailboxes.batches(work));
  await amendAccount(app, work, (stored) =>
    stored.state.status === "copying" && stored.state.pass === work.pass
      ? { ...stored, state: { ...stored.state, round } }
      : null,
  );
};
