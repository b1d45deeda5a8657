import { describe, expect, it } from "vitest";
import { Migration } from "../../shared/contract/migration.ts";
import { fanOut } from "../../shared/passes/fan-out.ts";
import { requestPass } from "../../shared/passes/request-pass.ts";
import { settlePass } from "../../shared/passes/settle-pass.ts";
import { tick } from "../../shared/tick/tick.ts";
import { pipelineWith, unhurried, workOff } from "../support/fake-pipeline.ts";
import { historyWith, members, passOf, throughItsPass } from "../support/history-pipeline.ts";
import { interruptEverywhere } from "../support/interruptions.ts";
import { completed, exampleAccount, exampleId, inHistory, inSwitch } from "../support/migration-example.ts";
import { over } from "../support/over.ts";

/** A deadline that lets so many chunks of accounts out. */
const timeFor = (chunks: number) => {
  let left = chunks;
  return () => (left-- > 0 ? 60_000 : 1_000);
};

describe("a pass", () => {
  it("ends the history phase once, wherever it is interrupted", async () => {
    const cuts = await interruptEverywhere({
      begin: () => historyWith(9),
      ...throughItsPass,
      check: async (app) => {
        expect(app.accounts.all(exampleId).map(({ state }) => state)).toEqual(
          Array.from({ length: 9 }, () => expect.objectContaining({ status: "completed", pass: 1 })),
        );
        expect(await passOf(app)).toMatchObject({ number: 1, fannedOut: true, copied: 27 });
        expect(app.workflow.succeeded).toEqual(["history-token"]);
        expect(app.workQueue.waiting).toEqual([]);
      },
    });
    expect(cuts).toBeGreaterThan(100);
  });

  it("goes over 1,000 accounts in as many calls as its time needs, each of them sent once", async () => {
    const app = await historyWith(1_000);
    const sent: number[] = [];
    while ((await fanOut(app, inHistory(), timeFor(30))) === "interrupted") {
      expect(await passOf(app)).toMatchObject({ fannedOut: false });
      expect(app.workQueue.waiting.length).toBeGreaterThan(sent.at(-1) ?? 0);
      sent.push(app.workQueue.waiting.length);
    }
    expect(sent.length).toBeGreaterThan(3);
    expect(new Set(app.workQueue.waiting.map(({ address }) => address)).size).toBe(1_000);
    expect(app.workQueue.waiting).toHaveLength(1_000);
    expect(await passOf(app)).toMatchObject({ fannedOut: true });
  });

  it("is taken up by the tick where the fan-out's time ran out", async () => {
    const app = await historyWith(100);
    expect(await fanOut(app, inHistory(), timeFor(2))).toBe("interrupted");
    await workOff(app);
    expect(app.workflow.succeeded).toEqual([]);
    await tick(app, unhurried);
    await workOff(app);
    expect(app.workflow.succeeded).toEqual(["history-token"]);
  });

  it("does not begin a chunk for which no time is left", async () => {
    const app = await historyWith(3);
    expect(await fanOut(app, inHistory(), () => 500)).toBe("interrupted");
    expect(app.workQueue.waiting).toEqual([]);
  });

  it("is not fanned out while another writer changes an account behind its back", async () => {
    const app = await historyWith(3);
    const accounts = {
      page: app.accounts.page.bind(app.accounts),
      replace: async () => false,
    };
    expect(await fanOut(over(app, { accounts }), inHistory(), unhurried)).toBe("interrupted");
    expect(await passOf(app)).toMatchObject({ fannedOut: false });
    expect(await fanOut(app, inHistory(), unhurried)).toBe("complete");
  });

  it("over no accounts at all settles at once", async () => {
    const app = await historyWith(0);
    await fanOut(app, inHistory(), unhurried);
    expect(await settlePass(app, exampleId)).toBe("settled");
    expect(app.workflow.succeeded).toEqual(["history-token"]);
  });

  it("is opened again for accounts imported after it had settled, and only for them", async () => {
    const app = await historyWith(4);
    await fanOut(app, inHistory(), unhurried);
    await workOff(app);
    await app.accounts.createAll([exampleAccount(50)]);
    await fanOut(app, inHistory(), unhurried);
    expect(app.workQueue.waiting.map(({ address }) => address)).toEqual(["member50@yunfan.example"]);
    expect((await passOf(app))?.settledAt).toBeUndefined();
    await workOff(app);
    expect(await passOf(app)).toMatchObject({ number: 1, fannedOut: true, settledAt: app.clock.now() });
  });

  it("finds an account that came in behind its back and fans out again", async () => {
    const app = await historyWith(4);
    await fanOut(app, inHistory(), unhurried);
    await app.accounts.createAll([exampleAccount(50)]);
    await workOff(app);
    expect(await passOf(app)).toMatchObject({ fannedOut: false });
    await tick(app, unhurried);
    await workOff(app);
    expect((await passOf(app))?.settledAt).toBeDefined();
  });

  it("sent again after the queue forgot about it is not marked twice", async () => {
    const app = await historyWith(3);
    await fanOut(app, inHistory(), unhurried);
    const before = app.accounts.all(exampleId);
    app.clock.advance(400);
    app.workQueue.forgetDeduplication();
    expect(await fanOut(app, inHistory(), unhurried)).toBe("complete");
    expect(app.accounts.all(exampleId)).toEqual(before);
    expect(app.workQueue.waiting).toHaveLength(3);
  });
});

describe("requesting a pass", () => {
  it("begins the next one only when the present one has settled", async () => {
    const app = await pipelineWith(inSwitch());
    const first = await requestPass(app, exampleId, "delta");
    expect(first).toMatchObject({ outcome: "requested", migration: { pass: { number: 2, kind: "delta" } } });
    const second = await requestPass(app, exampleId, "final");
    expect(second).toMatchObject({ outcome: "standing", migration: { pass: { number: 2, kind: "delta" } } });
  });

  it("for some accounts leaves the others where they are, and settles without them", async () => {
    const ended = members(4).map((account) => ({ ...account, state: completed(1) }));
    const app = await pipelineWith(inSwitch(), ended);
    const [chosen] = ended;
    if (chosen === undefined) throw new Error("There is no account.");
    await requestPass(app, exampleId, "delta", { only: [chosen.address] });
    await fanOut(app, inSwitch(), unhurried);
    expect(app.workQueue.waiting.map(({ address }) => address)).toEqual([chosen.address]);
    await workOff(app);
    expect(await passOf(app)).toMatchObject({
      number: 2,
      only: [chosen.address],
      settledAt: app.clock.now(),
    });
    await requestPass(app, exampleId, "delta");
    await fanOut(app, inSwitch(), unhurried);
    expect(app.workQueue.waiting).toHaveLength(4);
  });

  it("is refused for a migration that does not exist", async () => {
    const app = await pipelineWith(null);
    await expect(requestPass(app, exampleId, "delta")).rejects.toMatchObject({ name: "MigrationUnknown" });
  });
});

describe("the tick", () => {
  it("begins a delta pass when the rest between two is over, not before", async () => {
    const app = await pipelineWith(inSwitch(), [exampleAccount(1, { state: completed(1) })]);
    app.clock.advance(3_599);
    await tick(app, unhurried);
    expect(await passOf(app)).toMatchObject({ number: 1 });
    app.clock.advance(1);
    await tick(app, unhurried);
    expect(await passOf(app)).toMatchObject({ number: 2, kind: "delta", fannedOut: true });
  });

  it("begins nothing for a migration whose workflow has failed, but ends what runs", async () => {
    const failure = {
      error: { name: "WorkflowFailed", evidence: { error: "x", cause: "y" } },
      at: inSwitch().createdAt,
    } as const;
    const app = await pipelineWith(inSwitch({ failure }), [exampleAccount(1, { state: completed(1) })]);
    app.clock.advance(7_200);
    await tick(app, unhurried);
    expect(await passOf(app)).toMatchObject({ number: 1 });
  });

  it("tends the other migrations when one cannot be tended, and reports it", async () => {
    const app = await historyWith(2);
    const other = { ...inSwitch(), migrationId: "another.example" };
    await app.migrations.create(Migration.parse(other));
    const accounts = {
      page: app.accounts.page.bind(app.accounts),
      replace: app.accounts.replace.bind(app.accounts),
      mayHaveOpen: app.accounts.mayHaveOpen.bind(app.accounts),
    };
    const workQueue = {
      send: async () => {
        throw new Error("the queue is gone");
      },
      backlog: async () => 0,
    };
    app.names.answerAll(["192.0.2.1:53"], "yunfan.example", "noRecords");
    const failed = tick(over(app, { accounts, workQueue }), unhurried);
    await expect(failed).rejects.toThrow("the queue is gone");
    expect(app.bus.published).toHaveLength(1);
  });
});
