import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isSameMxSet, normaliseExchange } from "../../../shared/switch/mx-set.ts";

const expected = [
  { preference: 5, exchange: "mxbiz1.qq.com" },
  { preference: 10, exchange: "mxbiz2.qq.com" },
];

const records = fc.array(
  fc.record({ preference: fc.integer({ min: 0, max: 3 }), exchange: fc.constantFrom("a", "B", "b.", "c") }),
  { maxLength: 4 },
);

describe("an MX set", () => {
  it("is the same in any order, any case, with or without the dot at the end", () => {
    const other = [
      { preference: 10, exchange: "MXBIZ2.qq.com." },
      { preference: 5, exchange: "mxbiz1.QQ.com" },
    ];
    expect(isSameMxSet(expected, other)).toBe(true);
  });

  it.each([
    ["a record more", [...expected, { preference: 20, exchange: "mx.old.example" }]],
    ["a record less", expected.slice(0, 1)],
    ["another preference", [{ preference: 6, exchange: "mxbiz1.qq.com" }, ...expected.slice(1)]],
    ["one host with two preferences", [...expected, { preference: 20, exchange: "mxbiz1.qq.com" }]],
    ["nothing", []],
  ])("with %s is another set", (_what, other) => {
    expect(isSameMxSet(expected, other)).toBe(false);
    expect(isSameMxSet(other, expected)).toBe(false);
  });

  it("is the same as another exactly when each holds every record of the other", () => {
    fc.assert(
      fc.property(records, records, (one, other) => {
        const holds = (set: typeof one, { preference, exchange }: (typeof one)[number]) =>
          set.some(
            (record) =>
              record.preference === preference &&
              normaliseExchange(record.exchange) === normaliseExchange(exchange),
          );
        const same =
          one.every((record) => holds(other, record)) && other.every((record) => holds(one, record));
        expect(isSameMxSet(one, other)).toBe(same);
      }),
    );
  });

  it("keeps the null MX apart from everything else", () => {
    expect(normaliseExchange(".")).toBe(".");
    expect(isSameMxSet([{ preference: 0, exchange: "." }], [])).toBe(false);
  });
});
