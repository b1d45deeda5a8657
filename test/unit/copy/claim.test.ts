import { describe, expect, it } from "vitest";
import type { MailboxClaim } from "../../../shared/contract/claim.ts";
import { copyQueue } from "../../../shared/contract/queue.ts";
import { leaveMailbox, takeMailbox } from "../../../shared/copy/claim.ts";
import { claimMilliseconds, drainSeconds, holdSeconds } from "../../../shared/copy/claim-times.ts";
import { MustWait } from "../../../shared/copy/must-wait.ts";
import { FakeClaimStore } from "../../support/fake-claim-store.ts";
import { FakeClock } from "../../support/fake-clock.ts";
import { exampleAccount } from "../../support/migration-example.ts";

const wholeTime = copyQueue.workerTimeoutSeconds * 1_000;
const ports = () => ({ clock: new FakeClock(), claims: new FakeClaimStore() });
const claimant = (messageId: string, receiveCount = 1, remaining = wholeTime) => ({
  work: exampleAccount(1),
  messageId,
  receiveCount,
  remainingMilliseconds: () => remaining,
});
const secondsToWait = async (taking: Promise<MailboxClaim>): Promise<number> => {
  const thrown: unknown = await taking.catch((reason: unknown) => reason);
  if (thrown instanceof MustWait) return thrown.seconds;
  throw new Error(`It was not asked to wait: ${String(thrown)}`);
};

describe("the claim on a mailbox", () => {
  it("lasts until the platform has ended its worker and what that had sent has drained", async () => {
    const app = ports();
    await takeMailbox(app, claimant("a"));
    expect(await secondsToWait(takeMailbox(app, claimant("b")))).toBe(300 + drainSeconds);
    app.clock.advance(302);
    expect(await secondsToWait(takeMailbox(app, claimant("b")))).toBe(1);
    app.clock.advance(1);
    await expect(takeMailbox(app, claimant("b"))).resolves.toMatchObject({ messageId: "b" });
  });

  it("is not shared by the same delivery, handed out twice", async () => {
    const app = ports();
    await takeMailbox(app, claimant("a", 2));
    expect(await secondsToWait(takeMailbox(app, claimant("a", 2)))).toBe(303);
    expect(await secondsToWait(takeMailbox(app, claimant("a", 1)))).toBe(303);
  });

  it("passes at once to its own message received once more, because that was given back", async () => {
    const app = ports();
    const first = await takeMailbox(app, claimant("a", 1));
    const second = await takeMailbox(app, claimant("a", 2));
    expect(second.token).toBeGreaterThan(first.token);
    await app.claims.remove(first);
    expect(await app.claims.get(exampleAccount(1))).toEqual(second);
  });

  it("is left to others after the drain when its work was interrupted, never later than it would have ended", async () => {
    const app = ports();
    await leaveMailbox(app, await takeMailbox(app, claimant("a")));
    expect(await secondsToWait(takeMailbox(app, claimant("b")))).toBe(drainSeconds);
    app.clock.advance(drainSeconds);
    const claim = await takeMailbox(app, claimant("b", 1, 0));
    app.clock.advance(1);
    await leaveMailbox(app, claim);
    expect(await app.claims.get(exampleAccount(1))).toEqual(claim);
  });

  it("goes to one of several that come when it has run out", async () => {
    const app = ports();
    await takeMailbox(app, claimant("a"));
    app.clock.advance(303);
    const taken = await Promise.allSettled(["b", "c", "d"].map((id) => takeMailbox(app, claimant(id))));
    expect(taken.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  });
});

describe("the times of a claim", () => {
  it("keep the message away for longer than the claim lasts, and for less than the visibility timeout", () => {
    for (const remaining of [0, 1, 19_999, wholeTime]) {
      expect(holdSeconds(remaining) * 1_000).toBeGreaterThan(claimMilliseconds(remaining));
    }
    expect(holdSeconds(wholeTime)).toBeLessThan(copyQueue.visibilityTimeoutSeconds);
  });
});
