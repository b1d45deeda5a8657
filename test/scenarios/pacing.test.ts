import { describe, expect, it } from "vitest";
import { MailferryError } from "../../shared/contract/errors.ts";
import { Timestamp } from "../../shared/contract/ids.ts";
import { Migration } from "../../shared/contract/migration.ts";
import { Day } from "../../shared/contract/pace.ts";
import type { HeldSettings } from "../../shared/contract/settings.ts";
import { takeSlot } from "../../shared/pacing/take-slot.ts";
import { mail } from "../support/copy-scenarios.ts";
import { CopyWorld } from "../support/copy-world.ts";
import { FakeMailServer } from "../support/fake-mail-server.ts";
import { FakeMailServerPair } from "../support/fake-mail-session.ts";
import { exampleAccount, exampleSettings, inHistory } from "../support/migration-example.ts";
import { type Trip, Tripwire } from "../support/tripwire.ts";
import { untilDone } from "../support/until-done.ts";

/** A mailbox of three messages on its way, whose logins are counted. */
const worldOf = async (copy: Partial<HeldSettings["copy"]>) => {
  const [source, target] = [new FakeMailServer(), new FakeMailServer()];
  for (const subject of ["one", "two", "three"]) source.add("INBOX", mail(subject));
  const pair = new FakeMailServerPair(source, target);
  const entered: string[] = [];
  const servers = {
    enter: async (...[server, login]: Parameters<FakeMailServerPair["enter"]>) => {
      entered.push(server.side);
      return pair.enter(server, login);
    },
  };
  const settings = { ...exampleSettings, copy: { ...exampleSettings.copy, ...copy } };
  const migration = Migration.parse({ ...inHistory({ fannedOut: true }), settings });
  const world = await CopyWorld.with(servers, exampleAccount(1), migration);
  return { source, target, servers, entered, world };
};

const host = exampleSettings.source.host;

/** Somebody else's connection until so many seconds from now. */
const occupy = (world: CopyWorld, number: number, seconds: number): Promise<boolean> =>
  world.pace.replaceSlot(null, {
    host,
    number,
    holder: `somebody ${number}`,
    heldUntil: Timestamp.parse(new Date(Date.parse(world.clock.now()) + seconds * 1_000).toISOString()),
    day: Day.parse("2026-11-22"),
    bytes: 0,
  });

/** Works the queue off and notes what the account looked like at every wait. */
const waits = async (world: CopyWorld): Promise<readonly string[]> => {
  const seen: string[] = [];
  const replace = world.accounts.replace.bind(world.accounts);
  world.accounts.replace = async (previous, next) => {
    if (next.state.status === "failed") seen.push("failed");
    if (next.state.status === "copying" && next.state.waiting !== undefined) {
      seen.push(next.state.waiting.reason);
    }
    return replace(previous, next);
  };
  await world.startPass();
  await world.workOff();
  return seen;
};

describe("a mailbox whose old server has no connection free", () => {
  it("waits as 迁移中, enters nothing, and is completed once one runs out", async () => {
    const { world, entered } = await worldOf({ connectionsPerSourceHost: 2 });
    await occupy(world, 0, 7_200);
    await occupy(world, 1, 3_600);
    const started = Date.parse(world.clock.now());
    world.mailServers.enter = (
      (enter) =>
      async (...call) => {
        expect(Date.parse(world.clock.now()) - started).toBeGreaterThanOrEqual(3_600_000);
        return enter(...call);
      }
    )(world.mailServers.enter);
    const seen = await waits(world);
    expect(new Set(seen)).toEqual(new Set(["connections"]));
    expect(entered.length).toBeGreaterThan(0);
    const { state, totals } = await world.state();
    expect(state).toMatchObject({ status: "completed" });
    expect(totals?.messages.copied).toBe(3);
  });

  it("holds one connection while it works and none afterwards", async () => {
    const { world } = await worldOf({ connectionsPerSourceHost: 3 });
    const held: number[] = [];
    world.mailServers.enter = (
      (enter) =>
      async (...call) => {
        held.push(world.pace.holders.length);
        return enter(...call);
      }
    )(world.mailServers.enter);
    await waits(world);
    expect(new Set(held)).toEqual(new Set([1]));
    expect(world.pace.holders).toEqual([]);
  });
});

describe("a mailbox outside its hours", () => {
  it("waits until they begin", async () => {
    const windows = [{ days: ["mon" as const], from: "20:00", to: "06:00", timeZone: "Asia/Shanghai" }];
    const { world } = await worldOf({ windows });
    // The example's now is Sunday 2026-11-22, 16:00 in Shanghai.
    expect(new Set(await waits(world))).toEqual(new Set(["window"]));
    const { state } = await world.state();
    expect(state).toMatchObject({ status: "completed" });
    expect(state.status === "completed" && Date.parse(state.since)).toBeGreaterThanOrEqual(
      Date.parse("2026-11-23T12:00:00.000Z"),
    );
  });
});

describe("a mailbox that has fetched its day's bytes", () => {
  it.each<[string, Partial<HeldSettings["copy"]>]>([
    ["the mailbox", { bytesPerDayPerMailbox: 1_000_000 }],
    ["its old server", { bytesPerDay: 1_000_000 }],
  ])("goes on the next day where they were those of %s", async (_whose, copy) => {
    const { world, source } = await worldOf(copy);
    source.add("INBOX", mail("large", "x".repeat(700_000)));
    expect(await waits(world)).toEqual([]);
    source.add("INBOX", mail("larger", "y".repeat(700_000)));
    expect(new Set(await waits(world))).toEqual(new Set(["dailyBytes"]));
    expect((await world.state()).state).toMatchObject({ status: "completed", copiedInPass: 1 });
    expect(world.clock.now().slice(0, 10)).toBe("2026-11-23");
  });
});

describe("a mailbox whose old server is busy", () => {
  it("waits as long as the server asks for, however often, and never fails for it", async () => {
    const { world, servers } = await worldOf({});
    const { enter } = servers;
    let refusals = 40;
    const words = "Request is throttled. Suggested Backoff Time: 600000 milliseconds";
    world.mailServers.enter = async (server, login) => {
      refusals -= 1;
      if (refusals >= 0)
        throw new MailferryError("ServerBusy", { side: server.side, host: server.host, words });
      return enter(server, login);
    };
    const started = Date.parse(world.clock.now());
    const seen = await waits(world);
    expect(new Set(seen.filter((state) => state !== "failed"))).toEqual(new Set(["serverBusy"]));
    expect((await world.state()).state).toMatchObject({ status: "completed" });
    // Both sides are entered at once, so that each wait takes two refusals.
    expect(Date.parse(world.clock.now()) - started).toBeGreaterThanOrEqual(20 * 600_000);
  });
});

describe("a worker that dies at any call", () => {
  const passOf = async (trip: Trip | null) => {
    const { world, target, source } = await worldOf({
      connectionsPerSourceHost: 1,
      bytesPerDayPerMailbox: 1_000_000,
    });
    source.add("INBOX", mail("large", "x".repeat(400_000)));
    const wire = new Tripwire();
    wire.arm(trip);
    await world.startPass();
    await untilDone(world, wire);
    const { state, totals } = await world.state();
    // What the last worker may have died with has run out by then.
    world.clock.advance(600);
    const next = await takeSlot(world, host, 1, {
      holder: "next",
      seconds: 300,
      bytes: 0,
      bytesPerDay: null,
    });
    return {
      calls: wire.calls,
      end: { status: state.status, totals, content: target.content(), isFree: next.taken !== null },
    };
  };

  it("leaves the host's only connection to the next one, and everything ends the same", async () => {
    const whole = await passOf(null);
    expect(whole.end).toMatchObject({ status: "completed", isFree: true });
    for (let call = 1; call <= whole.calls; call += 1) {
      for (const moment of ["before", "after"] as const) {
        const { end } = await passOf({ call, moment, fault: "death" });
        expect(end, `${moment} call ${call} of ${whole.calls}`).toEqual(whole.end);
      }
    }
  });
});
