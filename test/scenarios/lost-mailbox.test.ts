import { describe, expect, it } from "vitest";
import { PassNumber } from "../../shared/contract/ids.ts";
import { recoverLost } from "../../shared/tick/recover-lost.ts";
import { silences } from "../../shared/tick/silence.ts";
import { secondsAfter } from "../../shared/time/moment.ts";
import { mail } from "../support/copy-scenarios.ts";
import { CopyWorld } from "../support/copy-world.ts";
import { FakeMailServer } from "../support/fake-mail-server.ts";
import { FakeMailServerPair } from "../support/fake-mail-session.ts";
import { unhurried } from "../support/fake-pipeline.ts";
import { Interruption } from "../support/interruptions.ts";
import { exampleId, inHistory } from "../support/migration-example.ts";
import { type Trip, Tripwire } from "../support/tripwire.ts";

/** A mailbox with two batches, marked by the fan-out, its plan on the queue. */
const messages = 2_001;

const bigWorld = async () => {
  const [source, target] = [new FakeMailServer(), new FakeMailServer()];
  for (let number = 1; number < messages; number += 1) source.add("INBOX", `Subject: ${number}\r\n\r\n`);
  return worldOf(source, target);
};

const smallWorld = async () => {
  const [source, target] = [new FakeMailServer(), new FakeMailServer()];
  for (const subject of ["one", "two"]) source.add("INBOX", mail(subject));
  return worldOf(source, target);
};

const worldOf = async (source: FakeMailServer, target: FakeMailServer) => {
  source.add("INBOX", mail("last"));
  const world = await CopyWorld.with(new FakeMailServerPair(source, target));
  await world.startPass();
  await world.accounts.replace(world.account, { ...world.account, state: marked(world) });
  return { source, target, world };
};
type Ends = Awaited<ReturnType<typeof worldOf>>;

const marked = (world: CopyWorld) => ({
  status: "copying" as const,
  pass: PassNumber.parse(1),
  since: world.clock.now(),
  done: { batches: 0, messages: 0, bytes: 0 },
});

/** As long as nothing may be heard of a mailbox while no message is ready, and SQS forgets what was sent. */
const timePasses = (world: CopyWorld, seconds: number = silences.idle): void => {
  world.clock.advance(seconds);
  world.workQueue.forgetDeduplication();
};

const recover = async (world: CopyWorld, ports: CopyWorld = world): Promise<void> => {
  const migration = await world.migrations.get(exampleId);
  if (migration === null) throw new Error("The migration is gone.");
  await recoverLost(ports, migration, unhurried);
};

const endOf = async ({ target, world }: Ends) => {
  const { state } = await world.state();
  const copied = state.status === "completed" ? state.copiedInPass : null;
  return { state: { ...state, since: null }, copied, appended: target.appended, content: target.content() };
};

const wholeEnd = ({ source }: Ends, copied: number) => ({
  state: { status: "completed", pass: 1, since: null, copiedInPass: copied },
  ...{ copied, appended: copied, content: source.content() },
});

describe("a mailbox whose message is gone from the queue", () => {
  const kinds = ["plan", "first copy", "second copy", "completion"].map((kind, done) => ({ kind, done }));

  const lost = async (done: number): Promise<Ends> => {
    const ends = await bigWorld();
    await ends.world.workOff(ends.world, undefined, done);
    ends.world.workQueue.waiting.splice(0);
    timePasses(ends.world);
    return ends;
  };

  it.each(kinds)("is set going again and copied once: its $kind", async ({ done }) => {
    const ends = await lost(done);
    await recover(ends.world);
    expect(ends.world.workQueue.waiting).toMatchObject([{ work: "plan", pass: 1 }]);
    await ends.world.workOff();
    expect(await endOf(ends)).toEqual(wholeEnd(ends, messages));
    timePasses(ends.world, silences.behind);
    await recover(ends.world);
    expect(ends.world.workQueue.waiting).toEqual([]);
  });

  it.each(kinds)("comes to the same end whatever dies on the way: its $kind", async ({ done }) => {
    const run = async (trip: Trip | null): Promise<number> => {
      const ends = await lost(done);
      const { world } = ends;
      const wire = new Tripwire();
      wire.arm(trip);
      const ports = wire.string(world);
      try {
        await recover(world, ports);
        await world.workOff(ports);
      } catch (thrown) {
        if (!(thrown instanceof Interruption)) throw thrown;
        wire.revive();
        await recover(world);
        await world.workOff();
      }
      expect({ trip, ...(await endOf(ends)) }).toEqual({ trip, ...wholeEnd(ends, messages) });
      return wire.calls;
    };
    const calls = await run(null);
    // Each call of the search, and a sample of the worker's.
    for (let call = 1; call <= calls; call += call < 20 ? 1 : 5) {
      for (const moment of ["before", "after"] as const) await run({ call, moment, fault: "death" });
    }
  });

  it("forgets that it was lost as soon as it gets on", async () => {
    const { world } = await lost(1);
    await recover(world);
    expect((await world.state()).state).toMatchObject({ resent: { times: 1, at: world.clock.now() } });
    await world.workOff(world, undefined, 2);
    const { state } = await world.state();
    expect(state).toMatchObject({ status: "copying", heardAt: world.clock.now() });
    expect(state).not.toHaveProperty("resent");
  });
});

describe("a mailbox of which nothing was heard", () => {
  it("is left to the worker that is at it, however long that takes", async () => {
    const { world } = await smallWorld();
    const { migrationId, address } = world.account;
    world.workQueue.waiting.splice(0);
    timePasses(world, 20 * silences.idle);
    const until = world.clock.now();
    await world.claims.create({
      ...{ migrationId, address, token: 1, messageId: "one", receiveCount: 1, until },
    });
    world.clock.advance(silences.idle - 1);
    await recover(world);
    expect(world.workQueue.waiting).toEqual([]);
    world.clock.advance(900);
    await recover(world);
    expect(world.workQueue.waiting).toHaveLength(1);
  });

  it("is copied once also when its worker was only suspended, and goes on afterwards", async () => {
    const run = async (trip: Trip | null): Promise<number> => {
      const ends = await smallWorld();
      const { world } = ends;
      world.visitMilliseconds = 60_000;
      const wire = new Tripwire();
      wire.arm(trip);
      wire.takeOver = async () => {
        // Its message is gone meanwhile, the claim has run out, and another worker gets the plan that the tick puts back.
        world.workQueue.waiting.splice(0);
        timePasses(world, 2 * silences.idle);
        await recover(world);
        await world.workOff();
      };
      await world.workOff(wire.string(world));
      expect({ trip, ...(await endOf(ends)) }).toEqual({ trip, ...wholeEnd(ends, 3) });
      return wire.calls;
    };
    const calls = await run(null);
    expect(calls).toBeGreaterThan(30);
    for (let call = 1; call <= calls; call += 1) await run({ call, moment: "after", fault: "takeover" });
  });

  it("keeps its place in a long queue, and is copied once although its plan is there twice in the end", async () => {
    const ends = await smallWorld();
    const { world } = ends;
    const [plan] = world.workQueue.waiting;
    timePasses(world, silences.behind - 1);
    await recover(world);
    expect(world.workQueue.waiting).toEqual([plan]);
    timePasses(world, 1_000);
    await recover(world);
    expect(world.workQueue.waiting).toEqual([plan, plan]);
    await world.workOff();
    expect(await endOf(ends)).toEqual(wholeEnd(ends, 3));
  });

  it("is not disturbed while it waits for its hours, and is when those have come and gone", async () => {
    const { world } = await smallWorld();
    const { clock, workQueue } = world;
    workQueue.waiting.splice(0);
    const [since, until] = [clock.now(), secondsAfter(clock.now(), 4 * 86_400)];
    const state = { ...marked(world), waiting: { since, until, reason: "window" as const } };
    await world.accounts.replace(await world.state(), { ...world.account, state });
    for (let day = 0; day <= 4; day += 1) {
      await recover(world);
      expect(workQueue.waiting).toEqual([]);
      timePasses(world, 86_400);
    }
    await recover(world);
    expect(workQueue.waiting).toHaveLength(1);
  });

  it("stays as it ended when it ended behind the search's back", async () => {
    const ends = await smallWorld();
    const { world } = ends;
    timePasses(world);
    const [before] = (await pagesOf(world)).flatMap(({ accounts }) => accounts);
    await world.workOff();
    const accounts = {
      page: async (...[, shard]: Parameters<CopyWorld["accounts"]["page"]>) => ({
        accounts: shard === 0 && before !== undefined ? [before] : [],
        next: null,
      }),
      replace: world.accounts.replace.bind(world.accounts),
    };
    const { clock, claims, migrations, workQueue } = world;
    const ports = { clock, claims, migrations, workQueue, accounts };
    await recoverLost(ports, inHistory({ fannedOut: true }), unhurried);
    expect(workQueue.waiting).toHaveLength(1);
    await world.workOff();
    expect(await endOf(ends)).toEqual(wholeEnd(ends, 3));
  });
});

const pagesOf = (world: CopyWorld) =>
  Promise.all(Array.from({ length: 8 }, (_unused, shard) => world.accounts.page(exampleId, shard, null)));
