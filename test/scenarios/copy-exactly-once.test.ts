import { describe, expect, it } from "vitest";
import { type CopyScenario, copyScenarios, type Ends, endsOf } from "../support/copy-scenarios.ts";
import { CopyWorld } from "../support/copy-world.ts";
import { FakeMailServerPair } from "../support/fake-mail-session.ts";
import { Interruption } from "../support/interruptions.ts";
import { type Trip, Tripwire } from "../support/tripwire.ts";

/** What a scenario must end in, whatever happened on the way. */
interface End {
  readonly content: ReturnType<Ends["target"]["content"]>;
  readonly totals: unknown;
  readonly copiedEver: number;
  readonly status: string;
  readonly refused: number;
}

interface Run {
  readonly ends: Ends;
  readonly world: CopyWorld;
  readonly calls: number;
  readonly end: End;
}

const passes = async (scenario: CopyScenario, trip: Trip | null): Promise<Run> => {
  const ends = endsOf(scenario);
  const world = await CopyWorld.with(new FakeMailServerPair(ends.source, ends.target));
  const wire = new Tripwire();
  wire.arm(trip);
  const ports = wire.string(world);
  for (const isFirst of scenario.between === undefined ? [true] : [true, false]) {
    if (!isFirst) scenario.between?.(ends);
    await world.startPass();
    await untilDone(world, ports, wire);
  }
  return { ends, world, calls: wire.calls, end: await endOf(world, ends) };
};

/** A worker that died is followed by another one. */
const untilDone = async (world: CopyWorld, ports: CopyWorld, wire: Tripwire): Promise<void> => {
  try {
    await world.workOff(ports);
  } catch (thrown) {
    if (!(thrown instanceof Interruption)) throw thrown;
    wire.revive();
    await world.workOff(ports);
  }
};

const endOf = async (world: CopyWorld, { target }: Ends): Promise<End> => {
  const { state, totals, copiedEver } = await world.state();
  const refused = await world.mailboxes.refused(world.account);
  return { content: target.content(), totals, copiedEver, status: state.status, refused: refused.length };
};

describe.each(copyScenarios)("copying $name", (scenario) => {
  it("ends with every message accounted for and where it belongs", async () => {
    const { end, world, ends } = await passes(scenario, null);
    expect((await world.state()).state).toMatchObject({ status: "completed" });
    expect((await world.state()).totals?.messages).toEqual(scenario.counts);
    const held = Object.entries(end.content).map(([path, messages]) => [path, messages.length]);
    expect(Object.fromEntries(held)).toEqual(scenario.folders);
    const taken = ends.target.appended;
    expect(end.copiedEver).toBe(taken);
  });

  it("copies nothing when it is repeated", async () => {
    const { ends, world } = await passes(scenario, null);
    const [content, appended] = [ends.target.content(), ends.target.appended];
    await world.startPass();
    await world.workOff();
    expect(ends.target.content()).toEqual(content);
    expect(ends.target.appended).toBe(appended);
    expect((await world.state()).state).toMatchObject({ status: "completed", copiedInPass: 0 });
  });

  it.each(["death", "lost connection"] as const)("ends the same after a %s at any call", async (fault) => {
    const whole = await passes(scenario, null);
    expect(whole.calls).toBeGreaterThan(10);
    for (let call = 1; call <= whole.calls; call += 1) {
      for (const moment of ["before", "after"] as const) {
        const { end } = await passes(scenario, { call, moment, fault });
        expect(end, `${fault} ${moment} call ${call} of ${whole.calls}`).toEqual(whole.end);
      }
    }
  });
});
