import { describe, expect, it } from "vitest";
import { Timestamp } from "../../../shared/contract/ids.ts";
import type { Delivery, Notice } from "../../../shared/contract/notice.ts";
import { noticesQueue } from "../../../shared/contract/queue.ts";
import { standingOfNotice, underWaySeconds } from "../../../shared/notices/notice-standing.ts";
import { waitSeconds } from "../../../shared/notices/wait-seconds.ts";
import { secondsAfter } from "../../../shared/time/moment.ts";

const begunAt = Timestamp.parse("2026-11-22T08:00:00.000Z");
const at = (hours: number) => secondsAfter(begunAt, hours * 3_600);
const sent: Delivery = { outcome: "sent", at: begunAt };
const begun: Delivery = { outcome: "begun" };
const lost: Delivery = { outcome: "undeliverable", at: begunAt, reason: "bounced", words: "550" };
const notice = (differing: Partial<Notice>): Notice => ({ kind: "ask", number: 1, begunAt, ...differing });
const ask = { notice: "ask" } as const;
const remind = { notice: "remind" } as const;
const both = ["mail", "card"] as const;

describe("a notice", () => {
  it("is due at first, over every channel there is", () => {
    expect(standingOfNotice(undefined, ask, both, at(0))).toEqual({ standing: "due", channels: both });
    expect(standingOfNotice(undefined, remind, ["mail"], at(0))).toEqual({
      standing: "due",
      channels: ["mail"],
    });
    expect(standingOfNotice(undefined, ask, [], at(0))).toEqual({ standing: "undeliverable" });
  });

  it.each([
    [11.99, "tooEarly"],
    [12, "due"],
  ])("that reminds %d hours after the last one is %s", (hours, standing) => {
    expect(standingOfNotice(notice({ mail: sent }), remind, both, at(hours))).toMatchObject({ standing });
  });

  it("is asked once", () => {
    expect(standingOfNotice(notice({ mail: sent }), ask, both, at(100))).toEqual({ standing: "asked" });
    expect(standingOfNotice(notice({ mail: lost }), ask, ["mail"], at(100))).toEqual({ standing: "asked" });
  });

  it("leaves out a channel that failed, unless an operator insists", () => {
    const half = notice({ mail: lost, card: sent });
    expect(standingOfNotice(half, remind, both, at(13))).toEqual({ standing: "due", channels: ["card"] });
    expect(standingOfNotice(half, { ...remind, despiteFailure: true }, both, at(13))).toEqual({
      standing: "due",
      channels: both,
    });
    expect(standingOfNotice(notice({ mail: lost }), remind, ["mail"], at(13))).toEqual({
      standing: "undeliverable",
    });
    const insisting = { ...remind, despiteFailure: true } as const;
    expect(standingOfNotice(notice({ mail: lost }), insisting, ["mail"], at(1))).toEqual({
      standing: "tooEarly",
      until: at(12),
    });
  });

  it("is not due to an account imported anew whose member was written to not long ago", () => {
    const early = { standing: "tooEarly", until: at(12) };
    expect(standingOfNotice(undefined, ask, both, at(11.99), begunAt)).toEqual(early);
    expect(standingOfNotice(undefined, remind, both, at(0), begunAt)).toEqual(early);
    expect(standingOfNotice(undefined, ask, both, at(12), begunAt)).toEqual({
      standing: "due",
      channels: both,
    });
    expect(standingOfNotice(undefined, ask, [], at(1), begunAt)).toEqual({ standing: "undeliverable" });
  });

  it("of which nobody knows what was sent is under way for as long as its sender may run, then due again", () => {
    const open = notice({ mail: begun, card: begun });
    const sender = secondsAfter(begunAt, noticesQueue.senderTimeoutSeconds);
    expect(standingOfNotice(open, ask, both, sender)).toEqual({
      standing: "underWay",
      seconds: underWaySeconds - noticesQueue.senderTimeoutSeconds,
    });
    expect(standingOfNotice(open, ask, both, secondsAfter(begunAt, underWaySeconds))).toEqual({
      standing: "due",
      channels: both,
    });
    expect(standingOfNotice(notice({ mail: lost, card: begun }), remind, both, at(1))).toEqual({
      standing: "due",
      channels: ["card"],
    });
  });

  it("whose mail is out is not sent again for its card", () => {
    expect(standingOfNotice(notice({ mail: sent, card: begun }), ask, both, at(1))).toEqual({
      standing: "asked",
    });
  });
});

describe("waiting", () => {
  it("outlasts a sender every time, grows, and comes to about a day before the message is given up", () => {
    const waits = Array.from({ length: noticesQueue.maxReceiveCount - 1 }, (_, index) =>
      waitSeconds(index + 1),
    );
    for (const wait of waits) expect(wait).toBeGreaterThanOrEqual(underWaySeconds);
    expect(waits).toEqual([...waits].sort((one, other) => one - other));
    const hours = waits.reduce((sum, wait) => sum + wait, 0) / 3_600;
    expect(hours).toBeGreaterThan(18);
    expect(Math.max(...waits)).toBeLessThan(42_600);
  });
});
