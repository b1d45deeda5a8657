import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { UidSet } from "../../../shared/contract/ids.ts";
import {
  below,
  countUids,
  intersectionOf,
  piecesOf,
  slicesOf,
  uidRange,
  uidSetFrom,
  uidSetOf,
  uidsIn,
  unionOf,
  without,
} from "../../../shared/copy/uid-set.ts";

const uids = fc.array(fc.integer({ min: 1, max: 60 }), { maxLength: 40 });
const ascending = (values: Iterable<number>): number[] =>
  [...new Set(values)].sort((one, other) => one - other);

describe("a set of UIDs", () => {
  it("gives back what was put in, ascending and once", () => {
    fc.assert(
      fc.property(uids, (values) => {
        expect([...uidsIn(uidSetOf(values))]).toEqual(ascending(values));
        expect(countUids(uidSetOf(values))).toBe(new Set(values).size);
      }),
    );
  });

  it("is written in ascending, disjoint ranges, because Tencent refuses descending ones", () => {
    expect(uidSetOf([9, 2, 1, 3, 4_294_967_295, 3])).toBe("1:3,9,4294967295");
    expect([...uidsIn(UidSet.parse("9:7,3,8:10"))]).toEqual([3, 7, 8, 9, 10]);
  });

  it("unites, intersects and subtracts as sets do", () => {
    fc.assert(
      fc.property(uids, uids, (one, other) => {
        const [a, b] = [uidSetOf(one), uidSetOf(other)];
        expect([...uidsIn(unionOf(a, b))]).toEqual(ascending([...one, ...other]));
        expect([...uidsIn(intersectionOf(a, b))]).toEqual(
          ascending(one.filter((uid) => other.includes(uid))),
        );
        expect([...uidsIn(without(a, b))]).toEqual(ascending(one.filter((uid) => !other.includes(uid))));
      }),
    );
  });

  it("is cut at a UID", () => {
    expect(below(uidSetOf([1, 2, 3, 7]), 3)).toBe("1:2");
    expect(uidRange(5, 4)).toBe("");
    expect(uidRange(5, 5)).toBe("5");
  });

  it("is cut into pieces that fit a command line and lose nothing", () => {
    fc.assert(
      fc.property(uids, fc.integer({ min: 5, max: 30 }), (values, length) => {
        const pieces = piecesOf(uidSetOf(values), length);
        expect(unionOf(...pieces)).toBe(uidSetOf(values));
        for (const piece of pieces) expect(piece.length).toBeLessThanOrEqual(length);
      }),
    );
  });

  it("is cut into slices of so many UIDs and loses nothing", () => {
    fc.assert(
      fc.property(uids, fc.integer({ min: 1, max: 30 }), (values, length) => {
        const slices = [...slicesOf(uidSetOf(values), length)];
        expect(unionOf(...slices)).toBe(uidSetOf(values));
        for (const slice of slices.slice(0, -1)) expect(countUids(slice)).toBe(length);
        for (const slice of slices.slice(-1)) expect(countUids(slice)).toBeLessThanOrEqual(length);
      }),
    );
  });

  it("is read as a server writes it, whatever the order", () => {
    expect(uidSetFrom("9:7,1,3,2")).toBe("1:3,7:9");
    expect(() => uidSetFrom("1:*")).toThrow(RangeError);
  });

  it("refuses numbers that are no UIDs", () => {
    for (const value of [0, -1, 1.5, 4_294_967_296, Number.NaN]) {
      expect(() => uidSetOf([value])).toThrow(`${value} is not a UID.`);
    }
  });
});
