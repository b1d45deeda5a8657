import { describe, expect, it } from "vitest";
import { PassNumber } from "../../shared/contract/ids.ts";
import { Migration } from "../../shared/contract/migration.ts";
import { fanOut } from "../../shared/passes/fan-out.ts";
import { tick } from "../../shared/tick/tick.ts";
import { type FakePipeline, pipelineWith, unhurried, workOff } from "../support/fake-pipeline.ts";
import { interruptEverywhere } from "../support/interruptions.ts";
import { completed, exampleAccount, exampleId, inHistory } from "../support/migration-example.ts";
import { asked, askingHistory } from "../support/notice-world.ts";

const members = (count: number) => Array.from({ length: count }, (_, number) => exampleAccount(number));
const askedIn = ({ noticeQueue }: FakePipeline) => noticeQueue.waiting.map(({ address }) => address).sort();

describe("the beginning of the history", () => {
  it("asks every member who may lack a password, wherever it is interrupted", async () => {
    await interruptEverywhere({
      begin: () => pipelineWith(askingHistory(), members(9)),
      run: (app) => fanOut(app, inHistory(), unhurried),
      resume: (app) => tick(app, unhurried),
      check: (app) => {
        expect([...new Set(askedIn(app))]).toEqual(members(9).map(({ address }) => address));
        expect(new Set(app.noticeQueue.waiting.map(({ notice }) => notice))).toEqual(new Set(["ask"]));
      },
    });
  });

  it("asks nobody where the settings do not say so", async () => {
    const app = await pipelineWith(inHistory(), members(3));
    await fanOut(app, inHistory(), unhurried);
    expect(app.workQueue.waiting).toHaveLength(3);
    expect(app.noticeQueue.waiting).toEqual([]);
  });

  it("asks the members of accounts that are added later, and nobody twice", async () => {
    const app = await pipelineWith(askingHistory(), members(3));
    await fanOut(app, inHistory(), unhurried);
    await workOff(app);
    app.noticeQueue.waiting.length = 0;
    await app.accounts.createAll([exampleAccount(50)]);
    await fanOut(app, inHistory(), unhurried);
    expect(askedIn(app)).toEqual([exampleAccount(50).address]);
  });

  it("is followed by reminders as often as the settings say, and by none where they do not", async () => {
    const begun = (members: object) => {
      const copy = { deltaEveryMinutes: 10_080 };
      const migration = askingHistory({ members: { ask: true, ...members }, copy });
      const pass = { number: 1, kind: "initial", requestedAt: migration.createdAt, fannedOut: true };
      return pipelineWith(Migration.parse({ ...migration, pass }), [
        { ...exampleAccount(1), state: { ...asked, pass: PassNumber.parse(1) } },
      ]);
    };
    const silent = await begun({});
    const app = await begun({ remindEveryHours: 72 });
    const reminders: number[] = [];
    for (let hour = 0; hour <= 160; hour += 8) {
      await tick(silent, unhurried);
      await tick(app, unhurried);
      if (app.noticeQueue.waiting.splice(0).some(({ notice }) => notice === "remind")) reminders.push(hour);
      for (const { clock } of [silent, app]) clock.advance(8 * 3_600);
    }
    expect(reminders).toEqual([72, 144]);
    expect(silent.noticeQueue.waiting).toEqual([]);
  });

  it("passes over whoever was written to, entered or copied", async () => {
    const at = inHistory().createdAt;
    const app = await pipelineWith(askingHistory({}), [
      {
        ...exampleAccount(1),
        notice: { kind: "ask", number: 1, begunAt: at, mail: { outcome: "sent", at } },
      },
      { ...exampleAccount(2), verifiedAt: at },
      exampleAccount(3, { state: completed(1) }),
      exampleAccount(4),
    ]);
    await fanOut(app, inHistory(), unhurried);
    expect(askedIn(app)).toEqual([exampleAccount(4).address]);
    expect(app.accounts.all(exampleId)).toHaveLength(4);
  });
});
