import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Timestamp } from "../../../shared/contract/ids.ts";
import { CopyWindow } from "../../../shared/contract/settings.ts";
import { nextOpening } from "../../../shared/pacing/windows.ts";
import { weekdays } from "../../../shared/time/local-time.ts";

const at = (text: string): Timestamp => Timestamp.parse(text);
const nights = CopyWindow.parse({
  days: ["mon", "tue", "wed", "thu", "fri"],
  from: "20:00",
  to: "06:00",
  timeZone: "Asia/Shanghai",
});

describe("copy windows", () => {
  it("let everything through when there are none", () => {
    expect(nextOpening(undefined, at("2026-11-22T03:00:00.000Z"))).toBeNull();
  });

  it("are open from their opening until the moment they close, past midnight too", () => {
    // 2026-11-23 is a Monday; Shanghai is eight hours ahead of UTC.
    expect(nextOpening([nights], at("2026-11-23T12:00:00.000Z"))).toBeNull();
    expect(nextOpening([nights], at("2026-11-23T21:59:59.999Z"))).toBeNull();
    expect(nextOpening([nights], at("2026-11-23T22:00:00.000Z"))).toBe("2026-11-24T12:00:00.000Z");
  });

  it("belong to the day on which they open", () => {
    // Friday's window lasts into Saturday morning; the next one is Monday's.
    expect(nextOpening([nights], at("2026-11-27T20:00:00.000Z"))).toBeNull();
    expect(nextOpening([nights], at("2026-11-28T12:30:00.000Z"))).toBe("2026-11-30T12:00:00.000Z");
  });

  it("last a whole day when they close as they open", () => {
    const always = CopyWindow.parse({ from: "00:00", to: "00:00", timeZone: "Asia/Shanghai" });
    expect(nextOpening([always], at("2026-11-22T15:59:59.000Z"))).toBeNull();
    expect(nextOpening([always], at("2026-11-22T16:00:00.000Z"))).toBeNull();
  });

  it("keep to the wall's clock when the clocks change", () => {
    const berlin = CopyWindow.parse({ from: "03:00", to: "05:00", timeZone: "Europe/Berlin" });
    // Summer time ends on 2026-10-25 at 01:00 UTC.
    expect(nextOpening([berlin], at("2026-10-24T04:00:00.000Z"))).toBe("2026-10-25T02:00:00.000Z");
    expect(nextOpening([berlin], at("2026-10-23T04:00:00.000Z"))).toBe("2026-10-24T01:00:00.000Z");
  });

  const time = fc
    .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
    .map(([hours, minutes]) => `${String(hours).padStart(2, "0")}:${String(minutes).padStart(2, "0")}`);
  const window = fc.record({
    days: fc.subarray([...weekdays], { minLength: 1 }),
    from: time,
    to: time,
    timeZone: fc.constantFrom("Asia/Shanghai", "America/New_York", "Europe/Berlin", "Pacific/Chatham", "UTC"),
  });
  const moment = fc.date({
    min: new Date("2024-01-01T00:00:00Z"),
    max: new Date("2030-01-01T00:00:00Z"),
    noInvalidDate: true,
  });

  it("open when they say, within eight days, and not before", () => {
    fc.assert(
      fc.property(fc.array(window, { minLength: 1, maxLength: 3 }), moment, (windows, date) => {
        const now = at(date.toISOString());
        const opening = nextOpening(windows, now);
        if (opening === null) return;
        const wait = Date.parse(opening) - Date.parse(now);
        expect(wait).toBeGreaterThan(0);
        expect(wait).toBeLessThanOrEqual(8 * 86_400_000);
        expect(nextOpening(windows, opening)).toBeNull();
        expect(nextOpening(windows, at(new Date(Date.parse(opening) - 1).toISOString()))).toBe(opening);
      }),
    );
  });
});
