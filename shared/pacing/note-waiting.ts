import type { Account } from "../contract/account.ts";
import type { Waiting } from "../contract/pace.ts";
import { amendAccount } from "../copy/amend-account.ts";
import { MustWait } from "../copy/must-wait.ts";
import type { AccountStore } from "../ports/account-store.ts";
import type { Clock } from "../ports/clock.ts";
import { hasCome, secondsBetween } from "../time/moment.ts";
import { NotYet } from "./not-yet.ts";
import { pauseFor } from "./pause.ts";

export interface NoteWaitingPorts {
  readonly clock: Clock;
  readonly accounts: Pick<AccountStore, "get" | "replace">;
}

/** The account as it goes on: the next progress that is recorded takes the wait off it. */
export const withoutWaiting = (account: Account): Account => {
  if (account.state.status !== "copying") return account;
  const { waiting: _waiting, ...state } = account.state;
  return { ...account, state };
};

/**
 * A busy server is left alone for as long as it asked, also by a delivery that comes too early: work that is sent anew, or that
 * waits longer than SQS keeps a message back. Hours and amounts are looked at again, because the settings may have changed.
 * @throws NotYet
 */
export const waitOut = ({ clock }: Pick<NoteWaitingPorts, "clock">, account: Account): void => {
  const waiting = waitingOf(account);
  if (waiting?.reason !== "serverBusy" || hasCome(waiting.until, clock.now())) return;
  throw new NotYet("serverBusy", waiting.until);
};

/**
 * If what was thrown asks to wait, shows the mailbox as waiting and sends its work back. `account` is as it was before the work
 * began: 迁移中, and that is what it is again if it was marked as failed beforehand. A newer pass is never overwritten.
 * @throws MustWait
 */
export const waitIfAsked = async (
  app: NoteWaitingPorts,
  account: Account,
  thrown: unknown,
): Promise<void> => {
  const now = app.clock.now();
  const waiting = pauseFor(thrown, account.address, waitingOf(account), now);
  const { state } = account;
  if (waiting === null || state.status !== "copying") return;
  await amendAccount(app, account, (stored) =>
    stored.state.pass === state.pass ? { ...stored, state: { ...state, waiting } } : null,
  );
  throw new MustWait(waiting.reason, secondsBetween(now, waiting.until));
};

const waitingOf = ({ state }: Account): Waiting | undefined =>
  state.status === "copying" ? state.waiting : undefined;
