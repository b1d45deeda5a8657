import { describe, expect, it } from "vitest";
import { MailferryError } from "../../shared/contract/errors.ts";
import { copyQueue } from "../../shared/contract/queue.ts";
import { mail } from "../support/copy-scenarios.ts";
import { CopyWorld } from "../support/copy-world.ts";
import { FakeMailServer } from "../support/fake-mail-server.ts";
import { FakeMailServerPair } from "../support/fake-mail-session.ts";
import { Interruption } from "../support/interruptions.ts";
import { Tripwire } from "../support/tripwire.ts";

const busy = new MailferryError("ServerBusy", { side: "source", host: "fake", words: "[UNAVAILABLE]" });

/** A mailbox with two batches whose source is busy so many times, at its copies. */
const busyWorld = async (times: number) => {
  const [source, target] = [new FakeMailServer(), new FakeMailServer()];
  for (let number = 0; number < 2_000; number += 1) source.add("INBOX", `Subject: ${number}\r\n\r\n`);
  source.add("INBOX", mail("last"));
  const pair = new FakeMailServerPair(source, target);
  let entries = 0;
  const world = await CopyWorld.with({
    enter: async (server, login) => {
      if (server.side === "source") entries += 1;
      if (entries > 1 && entries <= 1 + times) throw busy;
      return pair.enter(server, login);
    },
  });
  await world.startPass();
  return { world, source, target };
};

/** Two rounds' worth of waiting. */
const often = 2 * copyQueue.maxReceiveCount;

describe("work that waits more often than a message may be received", () => {
  it("is sent anew before it would become a dead letter, in order, and the mailbox is completed", async () => {
    const { world, source, target } = await busyWorld(often);
    for (let made = 0; made < 3 * often && (await roundOf(world)) < 2; made += 1) {
      await world.workOff(world, undefined, 1);
    }
    expect((await world.state()).state.status).toBe("copying");
    const waiting = world.workQueue.waiting.filter(({ round }) => round === 2);
    expect(waiting.map(({ work }) => work)).toEqual(["copy", "copy", "complete"]);
    await world.workOff();
    expect((await world.state()).state).toMatchObject({ status: "completed", copiedInPass: 2_001 });
    expect(target.content()).toEqual(source.content());
  });

  it("comes to the same end when the worker dies at any call of the delivery that sends it anew", async () => {
    const before = 1 + copyQueue.maxReceiveCount - 2;
    const calls = await callsOfDelivery(before);
    expect(calls).toBeGreaterThan(5);
    for (let call = 1; call <= calls; call += 1) {
      for (const moment of ["before", "after"] as const) {
        const { world, target } = await busyWorld(copyQueue.maxReceiveCount);
        await world.workOff(world, undefined, before);
        const wire = new Tripwire();
        wire.arm({ call, moment, fault: "death" });
        await expect(world.workOff(wire.string(world), undefined, 1)).rejects.toThrow(Interruption);
        await world.workOff();
        const { state } = await world.state();
        expect({ call, moment, state, appended: target.appended }).toMatchObject({
          state: { status: "completed", copiedInPass: 2_001 },
          appended: 2_001,
        });
      }
    }
  });
});

const roundOf = async (world: CopyWorld): Promise<number> => {
  const { state } = await world.state();
  return state.status === "copying" ? (state.round ?? 0) : 0;
};

const callsOfDelivery = async (before: number): Promise<number> => {
  const { world } = await busyWorld(copyQueue.maxReceiveCount);
  await world.workOff(world, undefined, before);
  const wire = new Tripwire();
  await world.workOff(wire.string(world), undefined, 1);
  expect((await world.state()).state).toMatchObject({ status: "copying", round: 1 });
  return wire.calls;
};
