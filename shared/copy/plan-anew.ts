import { MailboxWork } from "../../events/mailbox-work.ts";
import type { Account, AccountState } from "../contract/account.ts";
import type { WorkerPorts } from "./worker-ports.ts";

type Copying = Extract<AccountState, { status: "copying" }>;

/** Whoever goes on to make folders faster than they are copied is the next pass's affair. */
const mostTimes = 10;

/**
 * Has a mailbox planned once more in the same pass, because folders with mail came since: its plan goes onto the queue in a later round.
 * Sent again, by whoever takes over, it is the same message. False when it was often enough.
 */
export const planAnew = async (
  { workQueue }: Pick<WorkerPorts, "workQueue">,
  { migrationId, address, state }: Account,
): Promise<boolean> => {
  if (state.status !== "copying" || (state.plannedAnew ?? 0) >= mostTimes) return false;
  const round = (state.round ?? 0) + 1;
  await workQueue.send([MailboxWork.parse({ work: "plan", migrationId, address, pass: state.pass, round })]);
  return true;
};

/** Whether a plan of this round is to replace that of an earlier round of the same pass, whether or not there was something to copy in it. */
export const isOutdatedBy = (state: AccountState, round: number): state is Copying =>
  state.status === "copying" && (state.round ?? 0) < round;

/**
 * The mailbox as it stands when its new plan begins: not planned, as at first, and what is on the queue of the round before does not count.
 * Were batches copied of a plan that died before the folders' records spoke of them, the next plan would have their messages copied again.
 */
export const unplanned = ({ planned: _outdated, ...running }: Copying, round: number): Copying => ({
  ...running,
  round,
  plannedAnew: (running.plannedAnew ?? 0) + 1,
});
