import type { Account, AccountState } from "../contract/account.ts";
import type { MailboxClaim } from "../contract/claim.ts";
import type { Timestamp } from "../contract/ids.ts";
import { copyQueue } from "../contract/queue.ts";
import { secondsBetween } from "../time/moment.ts";

/**
 * For how many seconds nothing may be heard of a mailbox on its way before its message counts as lost.
 *
 * `idle`: no message is ready for a worker. Then the mailbox' own is being worked on, which its claim shows; or it waits until a moment
 * that the account names; or whoever received it died before saying how long it would take, and it comes back after the visibility
 * timeout. Ten minutes cover the worker that has it then, and SQS, whose counts are a minute old.
 *
 * `behind`: messages are ready, and this one may stand behind 100,000 others, or behind work of its own mailbox that waits for its hours.
 * Put back after one, two and four days, and given up eight days later, it has outlived the fourteen days that SQS keeps a message.
 */
export const silences = {
  idle: copyQueue.visibilityTimeoutSeconds + 2 * copyQueue.workerTimeoutSeconds,
  behind: 86_400,
} as const;

/** The plan of a mailbox is put back so often; each time it is given twice as long, and after the last one it is given up. */
const mostResends = 3;

/** A mailbox on its way. */
export type CopyingAccount = Account & { readonly state: Extract<AccountState, { status: "copying" }> };

export const isOnItsWay = (account: Account): account is CopyingAccount => account.state.status === "copying";

/** What is to be done about a mailbox of which nothing was heard. `silence`: seconds, one of `silences`. */
export const verdictOn = (
  { state }: CopyingAccount,
  claim: MailboxClaim | null,
  silence: number,
  now: Timestamp,
): "leave" | "resend" | "give up" => {
  const { since, heardAt, waiting, resent } = state;
  const signs = [since, heardAt, waiting?.until, resent?.at, claim?.until];
  const times = resent?.times ?? 0;
  const patience = silence * 2 ** times;
  if (signs.some((sign) => sign !== undefined && secondsBetween(sign, now) < patience)) return "leave";
  return times < mostResends ? "resend" : "give up";
};
