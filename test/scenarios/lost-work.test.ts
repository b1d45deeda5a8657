import { describe, expect, it } from "vitest";
import { startAccounts } from "../../shared/accounts/start-accounts.ts";
import type { MailAddress } from "../../shared/contract/ids.ts";
import { storedSentence } from "../../shared/contract/stored-error.ts";
import { fanOut } from "../../shared/passes/fan-out.ts";
import { isCopying } from "../../shared/passes/participation.ts";
import { silences } from "../../shared/tick/silence.ts";
import { tick } from "../../shared/tick/tick.ts";
import { type FakePipeline, pipelineWith, unhurried, workOff } from "../support/fake-pipeline.ts";
import { interruptEverywhere } from "../support/interruptions.ts";
import { awaitedWith, exampleAccount, exampleId, inHistory } from "../support/migration-example.ts";

/** A history whose mailboxes are on their way, and the queue has lost their messages. */
const lostHistory = async (count: number): Promise<FakePipeline> => {
  const members = Array.from({ length: count }, (_, number) => exampleAccount(number));
  const app = await pipelineWith(awaitedWith("history-token", inHistory()), members);
  app.workflow.wait("history-token");
  await fanOut(app, inHistory(), unhurried);
  loseAll(app);
  return app;
};

const loseAll = (app: FakePipeline): void => {
  app.workQueue.waiting.splice(0);
  app.workQueue.forgetDeduplication();
};

const passOf = async (app: FakePipeline) => {
  const migration = await app.migrations.get(exampleId);
  return migration !== null && isCopying(migration) ? migration.pass : null;
};

const statuses = (app: FakePipeline): ReadonlySet<string> =>
  new Set(app.accounts.all(exampleId).map(({ state }) => state.status));

describe("the tick finds mailboxes whose work was lost", () => {
  it("and the pass ends, wherever it is interrupted", async () => {
    const cuts = await interruptEverywhere({
      begin: async () => {
        const app = await lostHistory(9);
        app.clock.advance(silences.idle);
        return app;
      },
      run: async (app) => {
        await tick(app, unhurried);
        await workOff(app, () => 3);
      },
      // Those that had not been sent yet are found when the others are worked off: until then the queue is not idle.
      resume: async (app) => {
        for (let ticks = 0; ticks < 3; ticks += 1) {
          await tick(app, unhurried);
          await workOff(app, () => 3);
        }
      },
      check: async (app) => {
        expect(statuses(app)).toEqual(new Set(["completed"]));
        expect(await passOf(app)).toMatchObject({ number: 1, copied: 27 });
        expect(await passOf(app)).not.toHaveProperty("search");
        expect(app.workflow.succeeded).toEqual(["history-token"]);
        expect(app.workQueue.waiting).toEqual([]);
      },
    });
    expect(cuts).toBeGreaterThan(50);
  });

  it("but not before the queue's longest silence is over, and does not even ask the queue until then", async () => {
    const app = await lostHistory(9);
    let asked = 0;
    const backlog = app.workQueue.backlog.bind(app.workQueue);
    app.workQueue.backlog = async () => {
      asked += 1;
      return backlog();
    };
    app.clock.advance(silences.idle - 1);
    await tick(app, unhurried);
    expect({ asked, waiting: app.workQueue.waiting }).toEqual({ asked: 0, waiting: [] });
    app.clock.advance(1);
    await tick(app, unhurried);
    expect(asked).toBe(1);
    expect(app.workQueue.waiting).toHaveLength(9);
  });

  it("and leaves them alone for a day while messages of others are ready", async () => {
    const app = await lostHistory(9);
    app.workQueue.backlog = async () => 1;
    for (let hours = 0; hours < 24; hours += 1) {
      await tick(app, unhurried);
      app.clock.advance(3_600);
    }
    expect(app.workQueue.waiting).toEqual([]);
    await tick(app, unhurried);
    expect(app.workQueue.waiting).toHaveLength(9);
  });

  it("reads a bounded number of accounts each time and each account once, and rests in between", async () => {
    const app = await lostHistory(1_000);
    app.clock.advance(silences.idle);
    const page = app.accounts.page.bind(app.accounts);
    let read: MailAddress[] = [];
    let pages = 0;
    app.accounts.page = async (...where) => {
      pages += 1;
      const found = await page(...where);
      read.push(...found.accounts.map(({ address }) => address));
      return found;
    };
    const ofEachTick: number[] = [];
    while (ofEachTick.at(-1) !== 0 && ofEachTick.length < 20) {
      pages = 0;
      await tick(app, unhurried);
      ofEachTick.push(pages);
      app.clock.advance(60);
    }
    expect(Math.max(...ofEachTick)).toBeLessThanOrEqual(20);
    expect(ofEachTick.length).toBeGreaterThan(5);
    expect(new Set(read).size).toBe(1_000);
    expect(read).toHaveLength(1_000);
    expect(app.workQueue.waiting).toHaveLength(1_000);
    read = [];
    app.workQueue.backlog = async () => 0;
    app.clock.advance(900);
    await tick(app, unhurried);
    expect(read.length).toBeGreaterThan(0);
    expect(app.workQueue.waiting).toHaveLength(1_000);
    await workOff(app);
    expect(app.workflow.succeeded).toEqual(["history-token"]);
  });

  it("and goes on where its time ran out", async () => {
    const app = await lostHistory(200);
    app.clock.advance(silences.idle);
    for (let ticks = 0; ticks < 60 && app.workQueue.waiting.length < 200; ticks += 1) {
      // Enough for three looks at the time of the search.
      let looks = 5;
      await tick(app, () => (looks-- > 0 ? 60_000 : 1_000));
    }
    expect(app.workQueue.waiting).toHaveLength(200);
  });
});

describe("work that is lost again and again", () => {
  /** Hours from the loss until each plan is put back, and until the mailbox has failed. */
  const course = async (
    backlog: number,
  ): Promise<{ readonly app: FakePipeline; readonly hours: number[] }> => {
    const app = await lostHistory(1);
    app.workQueue.backlog = async () => backlog;
    const hours: number[] = [];
    for (let quarters = 0; quarters < 4 * 24 * 40 && statuses(app).has("copying"); quarters += 1) {
      await tick(app, unhurried);
      if (app.workQueue.waiting.length > 0 || statuses(app).has("failed")) hours.push(quarters / 4);
      loseAll(app);
      app.clock.advance(900);
    }
    return { app, hours };
  };

  it("is put back three times, each time later, and given up, so that the pass ends", async () => {
    const { app, hours } = await course(0);
    expect(hours).toEqual([0.75, 2.25, 5, 10.5]);
    const [account] = app.accounts.all(exampleId);
    if (account?.state.status !== "failed") throw new Error("It has not failed.");
    expect(account.state.error).toEqual({
      name: "WorkLost",
      evidence: { mailbox: account.address, count: 3 },
    });
    expect(storedSentence(account.state.error, "en")).toContain("put back 3 times");
    expect(storedSentence(account.state.error, "zhCN")).toContain("已重新投递 3 次");
    await tick(app, unhurried);
    expect(app.workflow.succeeded).toEqual(["history-token"]);
  });

  it("is given up behind a long queue only when SQS would have forgotten the first message", async () => {
    const { hours } = await course(1);
    expect(hours).toHaveLength(4);
    expect(hours.at(-1)).toBeGreaterThan(14 * 24);
  });

  it("begins the same pass once more when the mailbox is started again, in a round of its own", async () => {
    const { app } = await course(0);
    const [account] = app.accounts.all(exampleId);
    await startAccounts(app, { migrationId: exampleId }, account === undefined ? [] : [account.address]);
    expect(app.workQueue.waiting).toMatchObject([{ work: "plan", pass: 1, round: 1 }]);
    await workOff(app, () => 3);
    expect(app.accounts.all(exampleId)[0]?.state).toMatchObject({ status: "completed", copiedInPass: 3 });
  });
});
