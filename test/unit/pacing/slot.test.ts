import { describe, expect, it } from "vitest";
import { Timestamp } from "../../../shared/contract/ids.ts";
import type { SlotRecord } from "../../../shared/contract/pace.ts";
import { freedSlot, type SlotWish, takenSlot } from "../../../shared/pacing/slot.ts";

const place = { host: "imap.example", number: 3 };
const noon = Timestamp.parse("2026-11-22T12:00:00.000Z");
const later = (seconds: number): Timestamp =>
  Timestamp.parse(new Date(Date.parse(noon) + seconds * 1_000).toISOString());
const wish = (differing: Partial<SlotWish> = {}): SlotWish => ({
  holder: "one",
  seconds: 300,
  bytes: 0,
  bytesPerDay: null,
  ...differing,
});
const taken = (slot: SlotRecord | null, asked: SlotWish, now = noon): SlotRecord => {
  const next = takenSlot(slot, place, asked, now);
  if (typeof next === "string") throw new Error(`The slot is ${next}.`);
  return next;
};

describe("a connection slot", () => {
  it("is held by one at a time, and free once it is given back", () => {
    const held = taken(null, wish());
    expect(takenSlot(held, place, wish({ holder: "two" }), later(1))).toBe("held");
    expect(taken(freedSlot(held), wish({ holder: "two" })).holder).toBe("two");
  });

  it("outlasts its worker by a minute of clock skew, and runs out by itself", () => {
    const held = taken(null, wish({ seconds: 300 }));
    expect(takenSlot(held, place, wish({ holder: "two" }), later(359))).toBe("held");
    expect(taken(held, wish({ holder: "two" }), later(360)).holder).toBe("two");
  });

  it("is found again by the mailbox whose worker died in it", () => {
    const held = taken(null, wish());
    expect(taken(held, wish(), later(10)).heldUntil).toBe(later(370));
  });

  it("carries its day's bytes and no more, but never less than one batch", () => {
    const first = taken(null, wish({ bytes: 900, bytesPerDay: 500 }));
    expect(takenSlot(freedSlot(first), place, wish({ bytes: 1, bytesPerDay: 500 }), noon)).toBe("spent");
    const next = taken(freedSlot(first), wish({ bytes: 400, bytesPerDay: 500 }), later(43_200));
    expect(next).toMatchObject({ day: "2026-11-23", bytes: 400 });
    expect(taken(freedSlot(next), wish({ bytes: 100, bytesPerDay: 500 }), later(43_200)).bytes).toBe(500);
  });

  it("is open to work that fetches nothing, whatever it has carried", () => {
    const full = freedSlot(taken(null, wish({ bytes: 500, bytesPerDay: 500 })));
    expect(taken(full, wish({ bytesPerDay: 500 })).bytes).toBe(500);
  });
});
