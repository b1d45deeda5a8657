import { describe, expect, it } from "vitest";
import type { MigrationIn } from "../../shared/contract/migration.ts";
import { startSwitch } from "../../shared/switch/start-switch.ts";
import { tick } from "../../shared/tick/tick.ts";
import { type FakePipeline, pipelineWith, unhurried, workOff } from "../support/fake-pipeline.ts";
import { interruptEverywhere } from "../support/interruptions.ts";
import {
  awaitedWith,
  completed,
  everyServer,
  exampleAccount,
  exampleAuthoritative,
  exampleDomain,
  exampleId,
  exampleResolvers,
  inDrain,
  inSwitch,
  newSet,
  oldSet,
} from "../support/migration-example.ts";

const hint = { domain: exampleDomain };

const switchWith = async (accounts = 5): Promise<FakePipeline> => {
  const pipeline = await pipelineWith(
    awaitedWith("switch-token", inSwitch()),
    Array.from({ length: accounts }, (_, number) => exampleAccount(number, { state: completed(1) })),
  );
  pipeline.workflow.wait("switch-token");
  pipeline.names.answerAll(everyServer, exampleDomain, newSet);
  return pipeline;
};

const recorded = async (app: FakePipeline): Promise<MigrationIn<"switch">> => {
  const migration = await app.migrations.get(exampleId);
  if (migration?.phase !== "switch") throw new Error("The migration is not in its switch phase.");
  return migration;
};

/** Ticks every minute of so many, with workers at work. */
const goOn = async (app: FakePipeline, minutes: number, copied: () => number = () => 0): Promise<void> => {
  for (let minute = 0; minute < minutes; minute += 1) {
    await tick(app, unhurried);
    await workOff(app, copied);
    app.clock.advance(60);
  }
};

describe("the switch", () => {
  it("drains the old server until its TTL has run out and it is silent, wherever it is interrupted", async () => {
    const cuts = await interruptEverywhere({
      begin: () => switchWith(3),
      run: async (app) => {
        await startSwitch(app, hint, unhurried);
        await workOff(app, () => 2);
        app.clock.advance(600);
        await tick(app, unhurried);
        await workOff(app);
        await tick(app, unhurried);
      },
      resume: async (app) => {
        await startSwitch(app, hint, unhurried);
        await goOn(app, 12);
      },
      check: async (app) => {
        const { pass, switch: stage } = await recorded(app);
        if (stage.stage !== "draining") throw new Error("The switch does not drain.");
        expect(Date.parse(stage.drainUntil) - Date.parse(stage.verifiedAt)).toBe(600_000);
        expect(pass).toMatchObject({ kind: "final", copied: 0, fannedOut: true });
        expect(Date.parse(pass.requestedAt)).toBeGreaterThanOrEqual(Date.parse(stage.drainUntil));
        expect(app.workflow.succeeded).toEqual(["switch-token"]);
      },
    });
    expect(cuts).toBeGreaterThan(60);
  });

  it("whose event is delivered again after a crash gets its final pass from that event", async () => {
    const app = await pipelineWith(inDrain(), [exampleAccount(1, { state: completed(1) })]);
    expect(await startSwitch(app, hint, unhurried)).toEqual([
      { migrationId: exampleId, verdict: "draining" },
    ]);
    expect((await recorded(app)).pass).toMatchObject({ number: 2, kind: "final", fannedOut: true });
    expect(app.workQueue.waiting).toHaveLength(1);
  });

  it("does not end before the old TTL has run out, however silent the old server is", async () => {
    const app = await switchWith();
    await startSwitch(app, hint, unhurried);
    await workOff(app);
    await goOn(app, 9);
    expect(app.workflow.succeeded).toEqual([]);
    await goOn(app, 3);
    expect(app.workflow.succeeded).toEqual(["switch-token"]);
  });

  it("goes on while mail still arrives, and ends 72 hours behind the old TTL all the same", async () => {
    const app = await switchWith(1);
    await startSwitch(app, hint, unhurried);
    await workOff(app, () => 1);
    await goOn(app, 71 * 60, () => 1);
    expect(app.workflow.succeeded).toEqual([]);
    await goOn(app, 90, () => 1);
    expect(app.workflow.succeeded).toEqual(["switch-token"]);
  });

  it("lets a running pass end before its final one begins", async () => {
    const app = await switchWith();
    app.clock.advance(3_600);
    app.names.answerAll(everyServer, exampleDomain, oldSet);
    await tick(app, unhurried);
    app.names.answerAll(everyServer, exampleDomain, newSet);
    await startSwitch(app, hint, unhurried);
    expect((await recorded(app)).pass).toMatchObject({ number: 2, kind: "delta" });
    await workOff(app);
    await tick(app, unhurried);
    expect((await recorded(app)).pass).toMatchObject({ number: 3, kind: "final" });
  });
});

describe("an MX change that is not the expected one", () => {
  it.each([
    ["an old record left beside the new ones", [...newSet, ...oldSet.slice(0, 1)]],
    ["only one of the new records", newSet.slice(0, 1)],
    ["the right hosts with the wrong preferences", newSet.map((record) => ({ ...record, preference: 7 }))],
    ["the old set", oldSet],
  ])("%s at one server: it is named and the switch waits", async (_what, records) => {
    const app = await switchWith();
    const [, dissenter = ""] = exampleAuthoritative;
    app.names.answer(dissenter, exampleDomain, records);
    expect(await startSwitch(app, hint, unhurried)).toEqual([
      { migrationId: exampleId, verdict: "disagreed" },
    ]);
    const { pass, switch: stage } = await recorded(app);
    expect(stage).toMatchObject({
      stage: "awaitingMx",
      lastVerdict: {
        verdict: "disagreed",
        dissenting: [{ server: dissenter, role: "authoritative", answer: "records", records }],
      },
    });
    expect(pass.number).toBe(1);
    expect(app.workQueue.waiting).toEqual([]);
  });

  it.each(["unreachable", "refused", "noRecords", "noSuchDomain"] as const)(
    "a resolver whose answer is %s: it is named and the switch waits",
    async (absence) => {
      const app = await switchWith();
      const [resolver = ""] = exampleResolvers;
      app.names.answer(resolver, exampleDomain, absence);
      await startSwitch(app, hint, unhurried);
      expect((await recorded(app)).switch).toMatchObject({
        stage: "awaitingMx",
        lastVerdict: { dissenting: [{ server: resolver, role: "resolver", answer: "none", absence }] },
      });
    },
  );

  it("is verified again by the next event, once the last server has it too", async () => {
    const app = await switchWith();
    const [late = ""] = exampleResolvers;
    app.names.answer(late, exampleDomain, oldSet);
    await startSwitch(app, hint, unhurried);
    app.names.answer(late, exampleDomain, newSet);
    expect(await startSwitch(app, hint, unhurried)).toMatchObject([{ verdict: "agreed" }]);
    expect((await recorded(app)).switch.stage).toBe("draining");
  });

  it("taken back while the old server is drained: the switch waits again and says who has what", async () => {
    const app = await switchWith();
    await startSwitch(app, hint, unhurried);
    await workOff(app);
    app.names.answerAll(everyServer, exampleDomain, oldSet);
    await goOn(app, 15);
    expect(app.workflow.succeeded).toEqual([]);
    expect((await recorded(app)).switch).toMatchObject({
      stage: "awaitingMx",
      lastVerdict: { dissenting: exampleAuthoritative.map((server) => ({ server, answer: "records" })) },
    });
    app.names.answerAll(everyServer, exampleDomain, newSet);
    await startSwitch(app, hint, unhurried);
    await goOn(app, 15);
    expect(app.workflow.succeeded).toEqual(["switch-token"]);
  });

  it("a server that falls silent during the drain does not take the verdict back", async () => {
    const app = await switchWith();
    await startSwitch(app, hint, unhurried);
    app.names.answerAll(everyServer, exampleDomain, "unreachable");
    await goOn(app, 12);
    expect((await recorded(app)).switch.stage).toBe("draining");
    expect(app.workflow.succeeded).toEqual(["switch-token"]);
  });

  it("of a domain that nobody is switching changes nothing", async () => {
    const app = await switchWith();
    expect(await startSwitch(app, { domain: "unknown.example" }, unhurried)).toEqual([]);
    expect(await recorded(app)).toEqual(awaitedWith("switch-token", inSwitch()));
  });

  it("with domain spelt as DNS may spell it is the same domain", async () => {
    const app = await switchWith();
    expect(await startSwitch(app, { domain: "YunFan.Example." }, unhurried)).toMatchObject([
      { verdict: "agreed" },
    ]);
  });
});

describe("the watch over the MX", () => {
  it("announces the expected set as soon as an authoritative server has it, and nothing before", async () => {
    const app = await switchWith();
    app.names.answerAll(everyServer, exampleDomain, oldSet);
    await tick(app, unhurried);
    expect(app.bus.published).toEqual([]);
    const [first = ""] = exampleAuthoritative;
    app.names.answer(first, exampleDomain, newSet);
    await tick(app, unhurried);
    expect(app.bus.published).toEqual([
      {
        domain: exampleDomain,
        migrationId: exampleId,
        origin: "dns-poll",
        observedAt: app.clock.now(),
      },
    ]);
  });

  it("announces a change made halfway once, not with every tick", async () => {
    const app = await switchWith();
    app.names.answerAll(everyServer, exampleDomain, newSet.slice(0, 1));
    await tick(app, unhurried);
    await startSwitch(app, hint, unhurried);
    await tick(app, unhurried);
    expect(app.bus.published).toHaveLength(1);
  });

  it("stays quiet when the name servers cannot be asked", async () => {
    const app = await switchWith();
    app.names.answerAll(everyServer, exampleDomain, "unreachable");
    await tick(app, unhurried);
    expect(app.bus.published).toEqual([]);
    expect(await recorded(app)).toEqual(awaitedWith("switch-token", inSwitch()));
  });
});
