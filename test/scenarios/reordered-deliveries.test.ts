import { describe, expect, it } from "vitest";
import { MailboxWork } from "../../events/mailbox-work.ts";
import { copyQueue } from "../../shared/contract/queue.ts";
import { sendAnew } from "../../shared/copy/send-anew.ts";
import { mail } from "../support/copy-scenarios.ts";
import { CopyWorld } from "../support/copy-world.ts";
import { FakeMailServer } from "../support/fake-mail-server.ts";
import { FakeMailServerPair } from "../support/fake-mail-session.ts";
import { Interruption } from "../support/interruptions.ts";
import { over } from "../support/over.ts";
import { seededNumbers } from "../support/seeded-numbers.ts";
import { type Trip, Tripwire } from "../support/tripwire.ts";
import { untilDone } from "../support/until-done.ts";

/** A mailbox with two batches. */
const messages = 2_001;

const bigWorld = async () => {
  const [source, target] = [new FakeMailServer(), new FakeMailServer()];
  for (let number = 1; number < messages; number += 1) source.add("INBOX", `Subject: ${number}\r\n\r\n`);
  source.add("INBOX", mail("last"));
  const world = await CopyWorld.with(new FakeMailServerPair(source, target));
  return { source, target, world };
};
type Big = Awaited<ReturnType<typeof bigWorld>>;

/** Its plan is done; its copies and its completion are on the queue. */
const plannedWorld = async (): Promise<Big> => {
  const big = await bigWorld();
  await big.world.startPass();
  await big.world.workOff(big.world, undefined, 1);
  expect(big.world.workQueue.waiting.map(({ work }) => work)).toEqual(["copy", "copy", "complete"]);
  return big;
};

const endOf = async ({ target, world }: Big) => {
  const { state } = await world.state();
  const copied = state.status === "completed" ? state.copiedInPass : null;
  return { status: state.status, copied, appended: target.appended, content: target.content() };
};
const wholeEnd = ({ source }: Big) => ({
  status: "completed",
  copied: messages,
  appended: messages,
  content: source.content(),
});

/** The n-th order of a list. */
const reordered = <Item>(items: readonly Item[], order: readonly number[]): readonly Item[] =>
  order.flatMap((place) => items.slice(place, place + 1));

const orders = [
  [0, 2, 1],
  [1, 0, 2],
  [1, 2, 0],
  [2, 0, 1],
  [2, 1, 0],
] as const;

describe("messages of one mailbox that arrive in another order", () => {
  it.each(orders)("end the same: %i, %i, %i", async (...order) => {
    const big = await plannedWorld();
    const { waiting } = big.world.workQueue;
    waiting.splice(0, 3, ...reordered(waiting, order));
    await big.world.workOff();
    expect(await endOf(big)).toEqual(wholeEnd(big));
  });

  it.each(orders)("end the same whatever dies on the way: %i, %i, %i", async (...order) => {
    const run = async (trip: Trip | null): Promise<number> => {
      const big = await plannedWorld();
      const { waiting } = big.world.workQueue;
      waiting.splice(0, 3, ...reordered(waiting, order));
      const wire = new Tripwire();
      wire.arm(trip);
      await untilDone(big.world, wire);
      const { state } = await big.world.state();
      expect({ ...trip, state, appended: big.target.appended }).toMatchObject({
        state: { status: "completed", copiedInPass: messages },
        appended: messages,
      });
      return wire.calls;
    };
    const calls = await run(null);
    for (let call = 1; call <= calls; call += 5) await run({ call, moment: "after", fault: "death" });
  });

  it.each([1, 2, 3, 4, 5, 6])(
    "end the same when they are shuffled and doubled all the time: %i",
    async (seed) => {
      const big = await plannedWorld();
      const { world } = big;
      const next = seededNumbers(seed);
      for (let made = 0; made < 100 && world.workQueue.waiting.length > 0; made += 1) {
        const { waiting } = world.workQueue;
        const [taken] = waiting.splice(Math.floor(next() * waiting.length), 1);
        if (taken === undefined) break;
        waiting.unshift(taken, ...(made < 10 && next() < 0.5 ? [taken] : []));
        await world.workOff(world, undefined, 1);
      }
      expect(world.workQueue.waiting).toEqual([]);
      expect(await endOf(big)).toEqual(wholeEnd(big));
    },
  );
});

describe("work that comes before its plan", () => {
  const early = async (kinds: readonly MailboxWork["work"][]) => {
    const big = await bigWorld();
    const { world } = big;
    const { migrationId, address } = world.account;
    const batchId = "000001-000001";
    for (const work of kinds) {
      const mailbox = { work, migrationId, address, pass: 1 };
      await world.workQueue.send([MailboxWork.parse(work === "copy" ? { ...mailbox, batchId } : mailbox)]);
    }
    return big;
  };

  it.each([
    ["copy", "plan"],
    ["complete", "plan"],
    ["complete", "copy", "plan"],
  ] as const)("waits behind it: %s before %s", async (...kinds) => {
    const big = await early(kinds);
    await big.world.workOff();
    expect(await endOf(big)).toEqual(wholeEnd(big));
  });

  it("waits behind it where the fan-out has marked the pass already", async () => {
    const big = await early(["complete", "plan"]);
    const { world } = big;
    const account = await world.state();
    const since = world.clock.now();
    const done = { batches: 0, messages: 0, bytes: 0 };
    const pass = MailboxWork.parse(world.workQueue.next()).pass;
    await world.accounts.replace(account, { ...account, state: { status: "copying", pass, since, done } });
    await world.workOff();
    expect(await endOf(big)).toEqual(wholeEnd(big));
  });

  it("is given up when the plan never comes, and the mailbox is not left copying", async () => {
    const { world } = await early(["plan", "complete"]);
    await world
      .workOff(
        over(world, { mailServers: { enter: () => Promise.reject(new Interruption("not yet")) } }),
        undefined,
        1,
      )
      .catch(() => undefined);
    world.workQueue.waiting.shift();
    for (let made = 0; made < 100 && world.workQueue.waiting.length > 0; made += 1) await world.workOff();
    expect(world.workQueue.waiting).toEqual([]);
    expect((await world.state()).state).toMatchObject({
      status: "failed",
      error: { name: "BatchesUnfinished", evidence: { count: 0 } },
    });
  });
});

describe("messages of an older round", () => {
  it("do nothing once newer ones are there, in whichever order they come", async () => {
    for (const order of [
      [0, 1, 2, 3, 4, 5],
      [3, 4, 5, 0, 1, 2],
      [5, 2, 4, 1, 3, 0],
      [2, 5, 0, 3, 1, 4],
    ]) {
      const big = await plannedWorld();
      const { world } = big;
      const [first] = world.workQueue.waiting;
      if (first === undefined) throw new Error("Nothing is on the queue.");
      await sendAnew(world, first);
      const { waiting } = world.workQueue;
      expect(waiting).toHaveLength(6);
      waiting.splice(0, 6, ...reordered(waiting, order));
      await world.workOff();
      expect(await endOf(big)).toEqual(wholeEnd(big));
    }
  });
});

describe("the last delivery of a completion that came before its batches", () => {
  it("leaves them to the queue, and the mailbox does not fail", async () => {
    const big = await plannedWorld();
    const { world } = big;
    const { waiting } = world.workQueue;
    waiting.splice(0, 3, ...reordered(waiting, [2]));
    let sends = 0;
    const workQueue: Pick<CopyWorld["workQueue"], "send"> = {
      send: async (work) => {
        sends += 1;
        if (sends < copyQueue.maxReceiveCount) throw new Error("The queue is away.");
        await world.workQueue.send(work);
      },
    };
    await world.workOff(over(world, { workQueue }), undefined, copyQueue.maxReceiveCount);
    expect((await world.state()).state.status).toBe("copying");
    await world.workOff();
    expect(await endOf(big)).toEqual(wholeEnd(big));
  });
});
