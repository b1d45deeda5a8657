import type { MailboxWork } from "../../events/mailbox-work.ts";
import type { Account } from "../contract/account.ts";
import { MailferryError } from "../contract/errors.ts";
import { amendAccount } from "./amend-account.ts";
import { isFinished } from "./progress.ts";
import { leaveToQueue, sendWork } from "./send-work.ts";
import type { WorkerPorts } from "./worker-ports.ts";

type SendPorts = Pick<WorkerPorts, "accounts" | "mailboxes" | "workQueue">;

/** How often work is put behind what it came before. FIFO brings nothing out of order, so that once should be too much. */
const mostOvertakings = 10;

/**
 * Puts work behind what it must not come before, and says whether it has: a copy or a completion before the plan of their pass, a
 * completion before its batches, which are sent along. Dropped it would leave the mailbox 迁移中 for ever, because sending it
 * again within five minutes adds nothing to the queue; done too early it would end the pass without what was not planned yet. A plan
 * that was done already, by a visit that was cut short, is left to the queue as well: each batch gets attempts of its own.
 *
 * @throws BatchesUnfinished when a completion's plan never came
 */
export const sendBehind = async (app: SendPorts, account: Account, work: MailboxWork): Promise<boolean> => {
  const { overtaken = 0 } = work;
  const isPlanDone = isPlanned(account, work);
  if (work.work === "plan") {
    if (isPlanDone) await leaveToQueue(app, account, work.pass, await app.mailboxes.batches(account));
    return isPlanDone;
  }
  if (overtaken >= mostOvertakings) {
    if (work.work === "complete" && !isPlanDone) throw planless(account);
    return false;
  }
  const behind = { ...work, overtaken: overtaken + 1 };
  if (!isPlanDone) {
    await app.workQueue.send([behind]);
    return true;
  }
  if (work.work === "copy") return false;
  const batches = await app.mailboxes.batches(account);
  if (batches.every(isFinished)) return false;
  await sendWork(app, behind, batches);
  return true;
};

/** The same for a copy or a completion of a pass that the mailbox has not begun at all: its plan is yet to come. */
export const sendBehindPlan = async (
  app: Pick<WorkerPorts, "accounts" | "workQueue">,
  work: MailboxWork,
): Promise<boolean> => {
  const { overtaken = 0, migrationId, address, pass } = work;
  if (work.work === "plan" || overtaken >= mostOvertakings) return false;
  const account = await app.accounts.get(migrationId, address);
  if (account === null || (account.state.pass ?? 0) >= pass) return false;
  await app.workQueue.send([{ ...work, overtaken: overtaken + 1 }]);
  return true;
};

/** Takes back a failure that was marked beforehand: the rest of the work is on the queue. */
export const takeBack = (app: Pick<WorkerPorts, "accounts">, account: Account): Promise<Account | null> =>
  amendAccount(app, account, (stored) =>
    stored.state.status === "failed" && stored.state.pass === account.state.pass
      ? { ...stored, state: account.state }
      : null,
  );

const isPlanned = ({ state }: Account, { pass }: MailboxWork): boolean =>
  state.status === "copying" && state.pass === pass && state.planned !== undefined;

const planless = ({ address }: Account): MailferryError =>
  new MailferryError("BatchesUnfinished", { count: 0, mailbox: address, reason: "their plan never came" });
