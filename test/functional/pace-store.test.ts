import { describe, expect, it } from "vitest";
import { dynamoPaceStore } from "../../functions/adapters/dynamodb/pace-store.ts";
import { Day } from "../../shared/contract/pace.ts";
import { giveBack, takeSlot } from "../../shared/pacing/take-slot.ts";
import { FakeClock } from "../support/fake-clock.ts";
import { exampleAccount } from "../support/migration-example.ts";
import { openStateTable } from "../support/state-table.ts";

const wish = (holder: string) => ({ holder, seconds: 300, bytes: 0, bytesPerDay: null });

describe("connection slots in the state table", () => {
  it("are given to one worker each when many ask at the same moment, and again when they are given back", async () => {
    const { table } = await openStateTable();
    const app = { clock: new FakeClock(), pace: dynamoPaceStore(table) };
    const ask = (name: string) =>
      Promise.all(
        Array.from({ length: 12 }, (_unused, worker) =>
          takeSlot(app, "imap.example", 4, wish(`${name} ${worker}`)),
        ),
      );
    const taken = (await ask("early")).flatMap((taking) => taking.taken ?? []);
    expect(new Set(taken.map(({ number }) => number)).size).toBe(taken.length);
    expect(taken.length).toBeGreaterThan(0);
    for (const slot of taken) await giveBack(app, slot);
    expect((await takeSlot(app, "imap.example", 4, wish("later"))).taken).not.toBeNull();
  });

  it("keep what was fetched from a mailbox on a day, and lose nothing that somebody else counted", async () => {
    const { table } = await openStateTable();
    const pace = dynamoPaceStore(table);
    const { migrationId, address } = exampleAccount(1);
    expect(await pace.fetched({ migrationId, address })).toBeNull();
    const fetched = { migrationId, address, day: Day.parse("2026-11-22"), bytes: 7 };
    expect(await pace.replaceFetched(null, fetched)).toBe(true);
    expect(await pace.replaceFetched(null, { ...fetched, bytes: 8 })).toBe(false);
    expect(await pace.replaceFetched({ ...fetched, bytes: 6 }, { ...fetched, bytes: 8 })).toBe(false);
    expect(await pace.fetched({ migrationId, address })).toEqual(fetched);
    const more = { ...fetched, bytes: 9 };
    expect(await pace.replaceFetched(fetched, more)).toBe(true);
    expect(await pace.fetched({ migrationId, address })).toEqual(more);
  });
});
