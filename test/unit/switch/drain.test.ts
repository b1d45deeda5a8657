import { describe, expect, it } from "vitest";
import { PassNumber, Timestamp } from "../../../shared/contract/ids.ts";
import type { Pass } from "../../../shared/contract/pass.ts";
import { drainUntil, isDrained, isFinalPassDue } from "../../../shared/switch/drain.ts";
import { secondsAfter } from "../../../shared/time/moment.ts";
import { exampleAccount, inSwitch } from "../../support/migration-example.ts";

const verifiedAt = Timestamp.parse("2026-11-22T08:00:00.000Z");
const at = (seconds: number) => secondsAfter(verifiedAt, seconds);

/** A switch that drains for ten minutes, with its present pass requested and settled so many seconds behind the verdict. */
const draining = (pass: { requested: number; settled?: number } & Partial<Pass>) => {
  const { requested, settled, ...differing } = pass;
  return inSwitch({
    switch: { stage: "draining", verifiedAt, drainUntil: at(600) },
    pass: {
      number: PassNumber.parse(2),
      kind: "final",
      requestedAt: at(requested),
      fannedOut: true,
      ...(settled === undefined ? {} : { settledAt: at(settled), copied: 0 }),
      ...differing,
    },
  });
};

describe("the time senders may still know the old MX", () => {
  it("is the largest TTL of the old set, nothing without one, and 72 hours at most", () => {
    expect(drainUntil(verifiedAt, [{ ttl: 60 }, { ttl: 600 }])).toBe(at(600));
    expect(drainUntil(verifiedAt, [])).toBe(verifiedAt);
    expect(drainUntil(verifiedAt, [{ ttl: 2_147_483_647 }])).toBe(at(72 * 3_600));
  });
});

describe("the old server", () => {
  it.each([
    ["a silent final pass behind the TTL", draining({ requested: 600, settled: 610 }), true],
    ["a silent final pass before it", draining({ requested: 599, settled: 700 }), false],
    ["a pass that still runs", draining({ requested: 600 }), false],
    ["a pass that copied something", draining({ requested: 600, settled: 610, copied: 1 }), false],
    ["a delta pass", draining({ requested: 600, settled: 610, kind: "delta" }), false],
    [
      "a pass over some",
      draining({ requested: 600, settled: 610, only: [exampleAccount(1).address] }),
      false,
    ],
    ["a switch that waits", inSwitch(), false],
  ])("after %s: drained is %s", (_what, migration, drained) => {
    expect(isDrained(migration, at(700))).toBe(drained);
  });

  it("counts as drained 72 hours behind the TTL although mail still comes", () => {
    const late = 600 + 72 * 3_600;
    const migration = draining({ requested: late - 10, settled: late - 5, copied: 1 });
    expect(isDrained(migration, at(late - 1))).toBe(false);
    expect(isDrained(migration, at(late))).toBe(true);
  });
});

describe("the next final pass", () => {
  it.each([
    ["five minutes behind the last one before the TTL", draining({ requested: 0, settled: 10 }), 310],
    ["when the TTL has run out", draining({ requested: 400, settled: 410 }), 600],
    ["after as long as the last one took", draining({ requested: 600, settled: 620, copied: 3 }), 640],
    ["after five minutes at most", draining({ requested: 600, settled: 5_000, copied: 3 }), 5_300],
  ])("begins %s", (_what, migration, due) => {
    expect(isFinalPassDue(migration, at(due - 0.001))).toBe(false);
    expect(isFinalPassDue(migration, at(due))).toBe(true);
  });

  it("begins at once behind a delta pass that was still running", () => {
    expect(isFinalPassDue(draining({ requested: -100, settled: 1, kind: "delta" }), at(1))).toBe(true);
  });

  it("never begins while one runs, once all is drained, or before the MX is verified", () => {
    expect(isFinalPassDue(draining({ requested: 600 }), at(9_000))).toBe(false);
    expect(isFinalPassDue(draining({ requested: 600, settled: 610 }), at(9_000))).toBe(false);
    expect(isFinalPassDue(inSwitch(), at(9_000))).toBe(false);
  });
});

describe("an old set that nobody could be asked about", () => {
  it("is drained for a day, because unknown is not none", () => {
    const verifiedAt = Timestamp.parse("2026-11-22T08:00:00.000Z");
    expect(drainUntil(verifiedAt, null)).toBe("2026-11-23T08:00:00.000Z");
    expect(drainUntil(verifiedAt, [])).toBe(verifiedAt);
  });
});
