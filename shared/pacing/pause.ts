import { isMailferryError } from "../contract/errors.ts";
import type { Timestamp } from "../contract/ids.ts";
import type { Waiting, WaitingReason } from "../contract/pace.ts";
import { secondsAfter, secondsBetween } from "../time/moment.ts";
import { NotYet } from "./not-yet.ts";
import { hintedSeconds } from "./server-hint.ts";
import { spread } from "./spread.ts";

/** The first wait and the longest, in seconds; each is as long as the mailbox has waited so far, so they double. */
const waits: Readonly<Record<WaitingReason, { readonly first: number; readonly longest: number }>> = {
  window: { first: 1, longest: 60 },
  dailyBytes: { first: 60, longest: 900 },
  // A slot is free again after a visit, that is a minute; 100,000 waiting mailboxes cost 111 looks a second.
  connections: { first: 5, longest: 900 },
  serverBusy: { first: 30, longest: 900 },
};

/** Waits are drawn out by up to a fifth, so that mailboxes that were sent away together do not come back together. */
const drawnOut = 0.2;

/**
 * The wait that something thrown asks for; null when it is a failure. `before` is the wait that the mailbox was in when it was tried
 * this time.
 */
export const pauseFor = (
  thrown: unknown,
  mailbox: string,
  before: Waiting | undefined,
  now: Timestamp,
): Waiting | null => {
  const asked = askedBy(thrown);
  if (asked === null) return null;
  const { reason, seconds, until } = asked;
  const since = before?.reason === reason ? before.since : now;
  const waited = secondsBetween(since, now);
  const { first, longest } = waits[reason];
  const usual = Math.min(longest, Math.max(first, waited));
  const atLeast = until === null ? (seconds ?? usual) : Math.max(0, secondsBetween(now, until));
  const extra = Math.min(usual, atLeast) * drawnOut * spread(`${mailbox} ${now}`);
  return {
    since,
    until: secondsAfter(now, Math.ceil(atLeast + extra)),
    reason,
  };
};

interface Asked {
  readonly reason: WaitingReason;
  readonly seconds: number | null;
  readonly until: Timestamp | null;
}

const askedBy = (thrown: unknown): Asked | null => {
  if (thrown instanceof NotYet) return { reason: thrown.reason, seconds: null, until: thrown.until };
  if (!isMailferryError(thrown, "ServerBusy")) return null;
  return { reason: "serverBusy", seconds: hintedSeconds(String(thrown.evidence.words)), until: null };
};
