import { describe, expect, it } from "vitest";
import type { MailboxWork } from "../../events/mailbox-work.ts";
import { workMailbox } from "../../shared/copy/work-mailbox.ts";
import { type CopyScenario, copyScenarios, type Ends, endsOf } from "../support/copy-scenarios.ts";
import { CopyWorld } from "../support/copy-world.ts";
import { FakeMailServerPair } from "../support/fake-mail-session.ts";
import { gmailScenarios } from "../support/gmail-scenarios.ts";
import { midwayScenarios } from "../support/midway-scenarios.ts";
import { type Trip, Tripwire } from "../support/tripwire.ts";
import { untilDone } from "../support/until-done.ts";

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

/** A scenario, and for how long a visit that plans goes on to copy and to complete. */
interface Course {
  readonly scenario: CopyScenario;
  readonly name: string;
  readonly visitMilliseconds: number;
}

const worldOf = async (ends: Ends, { visitMilliseconds }: Course): Promise<CopyWorld> => {
  const world = await CopyWorld.with(new FakeMailServerPair(ends.source, ends.target));
  world.visitMilliseconds = visitMilliseconds;
  return world;
};

const passes = async (course: Course, trip: Trip | null): Promise<Run> => {
  const { scenario } = course;
  const ends = endsOf(scenario);
  const world = await worldOf(ends, course);
  const wire = new Tripwire();
  wire.arm(trip);
  wire.takeOver = () => world.takeOver();
  let isPlanned = false;
  world.afterWork = ({ work }) => {
    if (work === "plan" && !isPlanned) scenario.during?.(ends);
    isPlanned = true;
  };
  const ports = wire.string(world);
  for (const isFirst of scenario.between === undefined ? [true] : [true, false]) {
    if (!isFirst) scenario.between?.(ends);
    await world.startPass();
    await untilDone(world, wire, ports);
  }
  return { ends, world, calls: wire.calls, end: await endOf(world, ends) };
};

/** At the same time: one of the two waits for the other, and finds it done when it is received again. */
const deliverTwice = async (world: CopyWorld, work: MailboxWork): Promise<void> => {
  const { visitMilliseconds } = world;
  const remainingMilliseconds = () => 300_000;
  const delivery = { work, messageId: "one", receiveCount: 1, remainingMilliseconds, visitMilliseconds };
  const both = await Promise.allSettled([workMailbox(world, delivery), workMailbox(world, delivery)]);
  expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  world.workQueue.forgetDeduplication();
  await workMailbox(world, { ...delivery, receiveCount: 2 });
};

const endOf = async (world: CopyWorld, { target }: Ends): Promise<End> => {
  const { state, totals, copiedEver } = await world.state();
  const refused = await world.mailboxes.refused(world.account);
  return { content: target.content(), totals, copiedEver, status: state.status, refused: refused.length };
};

const inSteps = [...copyScenarios, ...gmailScenarios, ...midwayScenarios].map(
  (scenario): Course => ({
    scenario,
    name: `${scenario.name}, in messages of their own`,
    visitMilliseconds: 0,
  }),
);
/** Nothing can happen between the plan and the copies of one visit that a scenario could bring about. */
const inOneVisit = [...copyScenarios, ...gmailScenarios]
  .filter((scenario) => scenario.during === undefined)
  .map(
    (scenario): Course => ({ scenario, name: `${scenario.name}, in one visit`, visitMilliseconds: 60_000 }),
  );

describe.each([...inSteps, ...inOneVisit])("copying $name", (course) => {
  const { scenario } = course;
  it("ends with every message accounted for and where it belongs", async () => {
    const { end, world, ends } = await passes(course, null);
    expect((await world.state()).state).toMatchObject({ status: "completed" });
    expect((await world.state()).totals?.messages).toEqual(scenario.counts);
    const held = Object.entries(end.content).map(([path, messages]) => [path, messages.length]);
    expect(Object.fromEntries(held)).toEqual(scenario.folders);
    const taken = ends.target.appended;
    expect(end.copiedEver).toBe(taken);
  });

  it("copies nothing when it is repeated", async () => {
    const { ends, world } = await passes(course, null);
    const [content, appended] = [ends.target.content(), ends.target.appended];
    await world.startPass();
    await world.workOff();
    expect(ends.target.content()).toEqual(content);
    expect(ends.target.appended).toBe(appended);
    expect((await world.state()).state).toMatchObject({ status: "completed", copiedInPass: 0 });
  });

  it.each(["death", "lost connection"] as const)("ends the same after a %s at any call", async (fault) => {
    const whole = await passes(course, null);
    expect(whole.calls).toBeGreaterThan(10);
    for (let call = 1; call <= whole.calls; call += 1) {
      for (const moment of ["before", "after"] as const) {
        const { end } = await passes(course, { call, moment, fault });
        expect(end, `${fault} ${moment} call ${call} of ${whole.calls}`).toEqual(whole.end);
      }
    }
  });

  it("ends the same when another worker takes over at any call and the first one goes on afterwards", async () => {
    const whole = await passes(course, null);
    for (let call = 1; call <= whole.calls; call += 1) {
      const { end } = await passes(course, { call, moment: "after", fault: "takeover" });
      expect(end, `takeover after call ${call} of ${whole.calls}`).toEqual(whole.end);
    }
  });

  it("ends the same when every message of the queue is delivered twice", async () => {
    const whole = await passes(course, null);
    const ends = endsOf(scenario);
    const world = await worldOf(ends, course);
    let isPlanned = false;
    for (const isFirst of scenario.between === undefined ? [true] : [true, false]) {
      if (!isFirst) scenario.between?.(ends);
      await world.startPass();
      for (let work = world.workQueue.next(); work !== null; work = world.workQueue.next()) {
        await deliverTwice(world, work);
        world.workQueue.finish();
        if (!isPlanned) scenario.during?.(ends);
        isPlanned = true;
      }
    }
    expect(await endOf(world, ends)).toEqual(whole.end);
  });
});
