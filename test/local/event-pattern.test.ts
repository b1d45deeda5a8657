import { describe, expect, it } from "vitest";
import { compilePattern } from "../../infra/local/services/events/pattern.ts";

const matches = (detail: unknown, pattern: unknown): boolean => {
  const problems: string[] = [];
  const matcher = compilePattern({ detail: pattern }, "EventPattern", (path, reason) =>
    problems.push(`${path} ${reason}`),
  );
  expect(problems).toEqual([]);
  return matcher({ detail });
};

describe("an event pattern", () => {
  it.each([
    ["an exact value", { a: ["x", 1] }, { a: 1 }, { a: "1" }],
    ["null", { a: [null] }, { a: null }, {}],
    ["a prefix", { a: [{ prefix: "ex" }] }, { a: "example" }, { a: "an example" }],
    [
      "a prefix of any case",
      { a: [{ prefix: { "equals-ignore-case": "EX" } }] },
      { a: "example" },
      { a: "e" },
    ],
    ["a suffix", { a: [{ suffix: ".test" }] }, { a: "a.test" }, { a: "test." }],
    ["equality of any case", { a: [{ "equals-ignore-case": "MX" }] }, { a: "mx" }, { a: "mxx" }],
    ["anything but", { a: [{ "anything-but": ["x", "y"] }] }, { a: "z" }, { a: "x" }],
    ["anything but, which nothing is not", { a: [{ "anything-but": "x" }] }, { a: "y" }, {}],
    ["anything but a prefix", { a: [{ "anything-but": { prefix: "x" } }] }, { a: "yx" }, { a: "xy" }],
    ["a number in a range", { a: [{ numeric: [">", 0, "<=", 5] }] }, { a: 5 }, { a: 0 }],
    ["that a field exists", { a: [{ exists: true }] }, { a: false }, { b: 1 }],
    ["that a field does not exist", { a: [{ exists: false }] }, { b: 1 }, { a: 1 }],
    ["that a nested field does not exist", { a: { b: [{ exists: false }] } }, {}, { a: { b: 1 } }],
    ["one of an array's elements", { a: ["x"] }, { a: ["y", "x"] }, { a: ["y"] }],
    ["all fields", { a: ["x"], b: ["y"] }, { a: "x", b: "y" }, { a: "x", b: "z" }],
    [
      "one object of an array with all fields",
      { changes: { set: { type: ["MX"], name: ["a."] } } },
      { changes: [{ set: { type: "A", name: "b." } }, { set: { type: "MX", name: "a." } }] },
      { changes: [{ set: { type: "MX", name: "b." } }, { set: { type: "A", name: "a." } }] },
    ],
  ])("asks for %s", (_name, pattern, matching, other) => {
    expect(matches(matching, pattern)).toBe(true);
    expect(matches(other, pattern)).toBe(false);
  });
});
