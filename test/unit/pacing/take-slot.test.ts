import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { SlotRecord } from "../../../shared/contract/pace.ts";
import { giveBack, takeSlot } from "../../../shared/pacing/take-slot.ts";
import { FakeClock } from "../../support/fake-clock.ts";
import { FakePaceStore } from "../../support/fake-pace-store.ts";

const wish = (holder: string, bytes = 0, bytesPerDay: number | null = null) => ({
  holder,
  seconds: 300,
  bytes,
  bytesPerDay,
});

const world = () => ({ clock: new FakeClock(), pace: new FakePaceStore() });

describe("the connections of a source host", () => {
  it("are given to no more than their number, whatever the workers do in whatever order", async () => {
    const step = fc.record({
      worker: fc.integer({ min: 0, max: 30 }),
      does: fc.constantFrom("take", "take", "give back", "die"),
      seconds: fc.integer({ min: 0, max: 120 }),
      /** By how much this worker's clock is off. */
      skew: fc.integer({ min: -25, max: 25 }),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 12 }),
        fc.array(step, { maxLength: 120 }),
        async (slots, steps) => {
          const { clock, pace } = world();
          const working = new Map<number, { readonly slot: SlotRecord; readonly ends: number }>();
          for (const { worker, does, seconds, skew } of steps) {
            clock.advance(seconds);
            const now = Date.parse(clock.now());
            // The platform ends a worker when its 300 s are over, whether or not it gave anything back.
            for (const [other, { ends }] of working) if (ends <= now) working.delete(other);
            const held = working.get(worker);
            if (does === "take" && held === undefined) {
              const skewed = new FakeClock(new Date(now + skew * 1_000).toISOString());
              const taking = await takeSlot(
                { clock: skewed, pace },
                "imap.example",
                slots,
                wish(`${worker}`),
              );
              if (taking.taken !== null) working.set(worker, { slot: taking.taken, ends: now + 300_000 });
            } else if (does === "give back" && held !== undefined) {
              await giveBack({ clock, pace }, held.slot);
              working.delete(worker);
            } else if (does === "die") working.delete(worker);
            expect(working.size).toBeLessThanOrEqual(slots);
          }
        },
      ),
      { numRuns: 300 },
    );
  });

  it("are all found by those who keep trying", async () => {
    const app = world();
    for (let mailbox = 0; mailbox < 20; mailbox += 1) {
      for (let attempt = 0; attempt < 200; attempt += 1) {
        const { taken } = await takeSlot(app, "imap.example", 20, wish(`mailbox ${mailbox}`));
        if (taken !== null) break;
        app.clock.advance(1);
      }
    }
    expect(app.pace.holders).toHaveLength(20);
    expect(await takeSlot(app, "imap.example", 20, wish("one too many"))).toEqual({
      taken: null,
      why: "held",
    });
    expect((await takeSlot(app, "imap.other", 20, wish("elsewhere"))).taken).not.toBeNull();
  });

  it("cost the same few reads however many there are", async () => {
    const app = world();
    let reads = 0;
    const counting = {
      clock: app.clock,
      pace: {
        slot: (host: string, number: number) => {
          reads += 1;
          return app.pace.slot(host, number);
        },
        replaceSlot: async () => false,
      },
    };
    expect((await takeSlot(counting, "imap.example", 1_000, wish("late"))).taken).toBeNull();
    expect(reads).toBeLessThanOrEqual(9);
  });

  it("are spent only when every one of them has carried its day's share", async () => {
    const app = world();
    for (const holder of ["one", "two"]) {
      const { taken } = await takeSlot(app, "imap.example", 2, wish(holder, 100, 100));
      if (taken === null) throw new Error("There was no slot.");
      if (holder === "two") await giveBack(app, taken);
    }
    expect(await takeSlot(app, "imap.example", 2, wish("three", 100, 100))).toMatchObject({ why: "held" });
    app.clock.advance(400);
    expect(await takeSlot(app, "imap.example", 2, wish("three", 100, 100))).toMatchObject({ why: "spent" });
  });

  it("are not taken away from their next holder by one who comes too late to give back", async () => {
    const app = world();
    const { taken } = await takeSlot(app, "imap.example", 1, wish("slow"));
    app.clock.advance(400);
    await takeSlot(app, "imap.example", 1, wish("next"));
    if (taken !== null) await giveBack(app, taken);
    expect(app.pace.holders).toEqual(["next"]);
  });
});
