import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  countMapped,
  pairsOf,
  sourceUidsOf,
  targetUidsOf,
  type UidPair,
  uidMapOf,
} from "../../../shared/copy/uid-map.ts";
import { uidOf, uidSetOf } from "../../../shared/copy/uid-set.ts";

const uid = fc.integer({ min: 1, max: 50 }).map(uidOf);
const pairs = fc.uniqueArray(fc.tuple(uid, uid), { selector: ([source]) => source });

describe("a map of UIDs", () => {
  it("keeps every pair", () => {
    fc.assert(
      fc.property(pairs, (given) => {
        const bySource = (one: UidPair, other: UidPair): number => one[0] - other[0];
        expect([...pairsOf(uidMapOf(given))]).toEqual([...given].sort(bySource));
        expect(countMapped(uidMapOf(given))).toBe(given.length);
        expect(sourceUidsOf(uidMapOf(given))).toBe(uidSetOf(given.map(([source]) => source)));
        expect(targetUidsOf(uidMapOf(given))).toBe(uidSetOf(given.map(([, target]) => target)));
      }),
    );
  });

  it("holds a folder that was copied in order in a single run", () => {
    const copied = Array.from({ length: 2_000 }, (_, step): UidPair => [uidOf(step + 5), uidOf(step + 1)]);
    expect(uidMapOf(copied)).toEqual([[5, 1, 2_000]]);
  });
});
