import { MailboxClaim } from "../contract/claim.ts";
import { Timestamp } from "../contract/ids.ts";
import type { ClaimStore } from "../ports/claim-store.ts";
import type { Clock } from "../ports/clock.ts";
import type { MailboxKey } from "../ports/mailbox-store.ts";
import { claimMilliseconds, drainSeconds } from "./claim-times.ts";
import { MustWait } from "./must-wait.ts";

export interface ClaimPorts {
  readonly clock: Clock;
  readonly claims: ClaimStore;
}

/** The delivery that wants to work on a mailbox. */
export interface Claimant {
  readonly work: MailboxKey;
  readonly messageId: string;
  readonly receiveCount: number;
  remainingMilliseconds(): number;
}

const inUse = "another delivery works on the mailbox";

/**
 * Takes the mailbox for a delivery, until the platform has ended its worker and what that had sent has drained.
 *
 * A claim that stands is waited for, with one exception: the same message, received once more. While its worker runs, it is kept
 * invisible for longer than the claim lasts (`holdSeconds`); that it is back means that it was given back, by a worker at its end
 * or by a queue that saw its workers die. So a machine that was switched off goes on where it stood as soon as it is up.
 *
 * @throws MustWait
 */
export const takeMailbox = async (app: ClaimPorts, claimant: Claimant): Promise<MailboxClaim> => {
  const now = Date.parse(app.clock.now());
  const wanted = claimOf(claimant, now);
  if (await app.claims.create(wanted)) return wanted;
  const standing = await app.claims.get(claimant.work);
  // It was given up this very moment; whoever comes next finds it free.
  if (standing === null) throw new MustWait(inUse, drainSeconds);
  const left = Date.parse(standing.until) - now;
  if (left > 0 && !wasGivenBack(standing, claimant)) throw new MustWait(inUse, Math.ceil(left / 1_000));
  const next = { ...wanted, token: Math.max(wanted.token, standing.token + 1) };
  if (await app.claims.replace(standing, next)) return next;
  throw new MustWait(inUse, drainSeconds);
};

/** Leaves the mailbox to the next delivery once what this one had sent has drained: it was interrupted. */
export const leaveMailbox = async ({ claims, clock }: ClaimPorts, claim: MailboxClaim): Promise<void> => {
  const until = after(Date.parse(clock.now()), drainSeconds * 1_000);
  if (until < claim.until) await claims.replace(claim, { ...claim, until });
};

/** The moment serves as the token: claims do not overlap, so a later one is greater, also when nothing of the earlier is left. */
const claimOf = (claimant: Claimant, now: number): MailboxClaim => {
  const { work, messageId, receiveCount } = claimant;
  return MailboxClaim.parse({
    migrationId: work.migrationId,
    address: work.address,
    token: now,
    messageId,
    receiveCount,
    until: after(now, claimMilliseconds(claimant.remainingMilliseconds())),
  });
};

const wasGivenBack = (standing: MailboxClaim, { messageId, receiveCount }: Claimant): boolean =>
  standing.messageId === messageId && standing.receiveCount < receiveCount;

const after = (now: number, milliseconds: number): Timestamp =>
  Timestamp.parse(new Date(now + milliseconds).toISOString());
