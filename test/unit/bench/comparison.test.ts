import { describe, expect, it } from "vitest";
import { comparison } from "../../../infra/local/bench/comparison.ts";

describe("a peer's line below ours", () => {
  const load = { mailboxes: 4, messages: 1_000 };

  it("says how many times as fast we were, by the medians, and what is to be reached", () => {
    const line = comparison(load, 2, { peer: "mbsync", first: null, seconds: [5, 3, 40] }, 1.5);
    expect(line).toBe(`  ${"mbsync".padEnd(38)}5.00 s, 800 messages/s; ratio 2.50   (to reach: 1.5)`);
  });

  it("compares messages a second where the peer copied only the first of them, and says so", () => {
    const line = comparison(load, 2, { peer: "imapsync", first: 100, seconds: [8] });
    expect(line).toBe(`  ${"imapsync, the first 100 messages".padEnd(38)}8.00 s, 50 messages/s; ratio 40.00`);
  });
});
