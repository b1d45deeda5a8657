import { markedVerified } from "../accounts/marked-verified.ts";
import type { Account, AccountState } from "../contract/account.ts";
import type { PassNumber } from "../contract/ids.ts";
import type { BatchPart, BatchRecord } from "../contract/mailbox.ts";
import type { Clock } from "../ports/clock.ts";
import type { MailboxKey } from "../ports/mailbox-store.ts";
import { type AmendPorts, amendAccount } from "./amend-account.ts";
import { isOutdatedBy, unplanned } from "./plan-anew.ts";

/** What the progress of an account is shown in. */
export interface ProgressPorts extends AmendPorts {
  readonly clock: Clock;
}

type Amount = Extract<AccountState, { status: "copying" }>["done"];

/** Whether every part of a batch is recorded. */
export const isFinished = (batch: BatchRecord): boolean =>
  batch.parts.every(({ progress }) => progress.state === "recorded");

/** What the unrecorded parts of these batches come to. */
export const amountLeft = (batches: readonly BatchRecord[]): Amount => {
  const unfinished = batches.filter((batch) => !isFinished(batch));
  const parts = unfinished.flatMap((batch) => batch.parts).filter(isOpen);
  return {
    batches: unfinished.length,
    messages: parts.reduce((sum, { messages }) => sum + messages, 0),
    bytes: parts.reduce((sum, { bytes }) => sum + bytes, 0),
  };
};

/**
 * Marks the beginning of a pass, unless it has begun: the plan may be received before whoever sent it has marked the account. A mailbox
 * that did not start or failed begins the same pass once more with the plan of a later round, and one that is under way is planned anew.
 */
export const beginPass = (
  app: ProgressPorts,
  mailbox: MailboxKey,
  pass: PassNumber,
  round = 0,
): Promise<Account | null> =>
  amendAccount(app, mailbox, (account) => {
    const reached = account.state.pass ?? 0;
    if (reached === pass && isOutdatedBy(account.state, round))
      return { ...account, state: unplanned(account.state, round) };
    return reached < pass || (reached === pass && endedBefore(account, round))
      ? { ...account, state: { ...startOf(pass, app), ...(round === 0 ? {} : { round }) } }
      : null;
  });

const endedBefore = ({ state }: Account, round: number): boolean =>
  (state.status === "notStarted" || state.status === "failed") && (state.round ?? 0) < round;

/**
 * Shows how far the mailbox has come, and that somebody is at it. It is what was planned less what is left to do, so that a batch
 * worked off twice counts once. It also takes back a failure that was marked beforehand, in case the last attempt should die.
 */
export const showProgress = (
  app: ProgressPorts,
  account: Account,
  pass: PassNumber,
  left: Amount,
  folder?: string,
): Promise<Account | null> =>
  amendAccount(app, account, (stored) => {
    if (stored.state.pass !== pass) return null;
    const { resent: _found, ...running } =
      account.state.status === "copying" ? account.state : startOf(pass, app);
    // A visit that plans goes on to copy with the account as it was before.
    const planned = running.planned ?? plannedIn(stored) ?? left;
    const done = {
      batches: Math.max(0, planned.batches - left.batches),
      messages: Math.max(0, planned.messages - left.messages),
      bytes: Math.max(0, planned.bytes - left.bytes),
    };
    const shown = { planned, done, ...(folder === undefined ? {} : { folder }), heardAt: app.clock.now() };
    return { ...markedVerified(stored, account), state: { ...running, ...shown } };
  });

const plannedIn = ({ state }: Account): Amount | undefined =>
  state.status === "copying" ? state.planned : undefined;

const startOf = (
  pass: PassNumber,
  { clock }: Pick<ProgressPorts, "clock">,
): Extract<AccountState, { status: "copying" }> => ({
  status: "copying",
  pass,
  since: clock.now(),
  done: { batches: 0, messages: 0, bytes: 0 },
});

const isOpen = ({ progress }: BatchPart): boolean => progress.state !== "recorded";
