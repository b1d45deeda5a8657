import { describe, expect, it } from "vitest";
import { copyQueue } from "../../shared/contract/queue.ts";
import { workMailbox } from "../../shared/copy/work-mailbox.ts";
import { batches, isInOrder, type LeftOver, leftOver } from "../support/left-over.ts";
import { type Trip, Tripwire } from "../support/tripwire.ts";
import { untilDone } from "../support/until-done.ts";

describe("a visit that copies a batch from the queue", () => {
  it("goes on to the further ones, whose own messages log in for nothing", async () => {
    const left = await leftOver();
    const { world, target, entered } = left;
    expect(world.workQueue.waiting.map(({ work }) => work)).toEqual(["copy", "copy", "copy", "complete"]);
    await world.workOff(world, undefined, 1);
    expect(target.appended).toBe(batches);
    await world.workOff(world, undefined, batches - 1);
    expect(entered.toSorted()).toEqual(["source", "target"]);
    await world.workOff();
    expect(await isInOrder(left)).toBe(true);
    expect(entered).toHaveLength(4);
  });

  it.each(["death", "lost connection"] as const)("ends the same after a %s at any call", async (fault) => {
    const counting = new Tripwire();
    const whole = await leftOver();
    await untilDone(whole.world, counting, counting.string(whole.world));
    expect(counting.calls).toBeGreaterThan(30);
    const bad: string[] = [];
    for (let call = 1; call <= counting.calls; call += 1) {
      for (const moment of ["before", "after"] as const) {
        const end = await interrupted({ call, moment, fault });
        if (!(await isInOrder(end))) bad.push(`${fault} ${moment} call ${call} of ${counting.calls}`);
      }
    }
    expect(bad).toEqual([]);
  });

  it("ends the same when another worker takes over at any call and the first one goes on afterwards", async () => {
    const counting = new Tripwire();
    const whole = await leftOver();
    await untilDone(whole.world, counting, counting.string(whole.world));
    const bad: string[] = [];
    for (let call = 1; call <= counting.calls; call += 1) {
      const end = await interrupted({ call, moment: "after", fault: "takeover" });
      if (!(await isInOrder(end))) bad.push(`takeover after call ${call} of ${counting.calls}`);
    }
    expect(bad).toEqual([]);
  });

  it("stores the intent of the next one along with its record, and writes nothing of that before it is recorded", async () => {
    const left = await leftOver();
    const { world, target } = left;
    const [isIntended, isLookedAt] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const { mailboxes } = world;
    const fencedBy = mailboxes.fencedBy.bind(mailboxes);
    mailboxes.fencedBy = (token) => {
      const store = fencedBy(token);
      const put = store.putBatch.bind(store);
      store.putBatch = async (batch) => {
        const [state] = batch.parts.map(({ progress }) => progress.state);
        if (batch.pass === 1 && state === "recorded") await isLookedAt.promise;
        await put(batch);
        if (batch.pass === 2 && state === "intended") isIntended.resolve();
      };
      return store;
    };
    const visit = world.workOff(world, undefined, 1);
    await isIntended.promise;
    for (let turn = 0; turn < 100; turn += 1) await Promise.resolve();
    expect(target.appended).toBe(1);
    isLookedAt.resolve();
    await visit;
    expect(target.appended).toBe(batches);
    await world.workOff();
    expect(await isInOrder(left)).toBe(true);
  });

  it("stops going on when its time is over", async () => {
    const { world, target } = await leftOver();
    const remainingMilliseconds = () => (target.appended < 2 ? 300_000 : 200_000);
    await world.workOff(world, remainingMilliseconds, 1);
    expect(target.appended).toBe(2);
  });

  it("leaves a further batch that fails the attempts of its own message", async () => {
    let failures = 0;
    const left = await leftOver({}, (session) => ({
      fetch: async function* (path, uids) {
        if (uids === "2" && failures < 8) {
          failures += 1;
          throw new Error("the second batch cannot be read");
        }
        yield* session.fetch(path, uids);
      },
    }));
    const { world, entered } = left;
    await world.workOff(world, undefined, 1);
    expect(failures).toBe(1);
    entered.length = 0;
    // The first batch is copied, so that its message has nothing more to do.
    await world.workOff(world, undefined, 1);
    expect(entered).toEqual([]);
    // Seven more of its own: with the one before they would have been too many.
    await world.workOff();
    expect(failures).toBe(8);
    expect(await isInOrder(left)).toBe(true);
  });

  it("goes no further with the last delivery of its message", async () => {
    const { world, target } = await leftOver();
    const [work] = world.workQueue.waiting;
    if (work === undefined) throw new Error("nothing waits");
    await workMailbox(world, {
      ...{ work, messageId: "one", receiveCount: copyQueue.maxReceiveCount },
      ...{ remainingMilliseconds: () => 300_000, visitMilliseconds: 60_000 },
    });
    expect(target.appended).toBe(1);
    expect((await world.state()).state).toMatchObject({ status: "copying" });
  });
});

const interrupted = async (trip: Trip): Promise<LeftOver> => {
  const left = await leftOver();
  const wire = new Tripwire();
  wire.arm(trip);
  wire.takeOver = () => left.world.takeOver();
  await untilDone(left.world, wire, wire.string(left.world));
  return left;
};
