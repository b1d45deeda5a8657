import { describe, expect, it } from "vitest";
import { Timestamp } from "../../../shared/contract/ids.ts";
import { hasCome, secondsAfter, secondsBetween } from "../../../shared/time/moment.ts";

const noon = Timestamp.parse("2026-11-22T12:00:00Z");

describe("moments", () => {
  it("are so many seconds apart, over midnight and the end of a year", () => {
    const newYear = Timestamp.parse("2026-12-31T23:59:59.500Z");
    expect(secondsAfter(newYear, 1)).toBe("2027-01-01T00:00:00.500Z");
    expect(secondsBetween(newYear, secondsAfter(newYear, 90_000))).toBe(90_000);
    expect(secondsBetween(noon, secondsAfter(noon, -5))).toBe(-5);
  });

  it("have come when they are now or past, however they are written", () => {
    expect(hasCome(noon, Timestamp.parse("2026-11-22T12:00:00.000Z"))).toBe(true);
    expect(hasCome(Timestamp.parse("2026-11-22T12:00:00.000Z"), noon)).toBe(true);
    expect(hasCome(secondsAfter(noon, 0.001), noon)).toBe(false);
  });
});
