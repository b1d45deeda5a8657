import { describe, expect, it } from "vitest";
import { PassNumber, Timestamp } from "../../shared/contract/ids.ts";
import { Migration } from "../../shared/contract/migration.ts";
import { continueReminders, requestReminders } from "../../shared/notices/remind.ts";
import { remindCommand } from "../../shared/notices/remind-command.ts";
import { secondsAfter } from "../../shared/time/moment.ts";
import { unhurried } from "../support/fake-pipeline.ts";
import { interruptEverywhere } from "../support/interruptions.ts";
import { completed, exampleAccount, exampleId, inAccounts } from "../support/migration-example.ts";
import { askingHistory, type NoticeWorld, noticeWorld, sendTo } from "../support/notice-world.ts";

const halfADay = 12 * 3_600;
const everybody = { migrationId: exampleId };
const migration = askingHistory();

/** A deadline that lets so many pages through. */
const timeFor = (pages: number) => {
  let left = pages;
  return () => (left-- > 0 ? 60_000 : 1_000);
};

/** Works off the notices queue. */
const sendAll = async (app: NoticeWorld): Promise<void> => {
  for (const work of app.noticeQueue.waiting.splice(0)) await sendTo(app, work);
};

const remind = (app: NoticeWorld, only?: readonly number[]) =>
  remindCommand(app, migration, { only: only?.map((number) => exampleAccount(number).address) }, unhurried);

describe("reminding everybody", () => {
  it("counts whom it writes to, who was written to not long ago, and who cannot be reached", async () => {
    const app = await noticeWorld(migration, 20);
    await app.amend({ state: completed(1) }, 1);
    const begunAt = Timestamp.parse("2026-11-22T03:00:00Z");
    await app.amend(
      { notice: { kind: "ask", number: 1, begunAt, mail: { outcome: "sent", at: begunAt } } },
      2,
    );
    const bounced = { outcome: "undeliverable", reason: "bounced", words: "550", at: begunAt } as const;
    await app.amend({ notice: { kind: "ask", number: 1, begunAt, mail: bounced } }, 3);
    expect(await remind(app)).toEqual({
      outcome: "done",
      reminders: {
        reminded: 17,
        tooEarly: 1,
        undeliverable: 1,
        tooEarlyUntil: secondsAfter(begunAt, halfADay),
      },
    });
    await sendAll(app);
    expect(app.mailSender.sent).toHaveLength(17);
    expect(await remind(app)).toMatchObject({ reminders: { reminded: 0, tooEarly: 18, undeliverable: 1 } });
    app.clock.advance(12 * 3_600);
    expect(await remind(app)).toMatchObject({ reminders: { reminded: 18, tooEarly: 0, undeliverable: 1 } });
  });

  it("includes those asked before whose turn in the running pass has not come yet", async () => {
    const app = await noticeWorld(migration, 2);
    const begunAt = Timestamp.parse("2026-11-21T08:00:00Z");
    const pass = PassNumber.parse(2);
    const done = { batches: 0, messages: 0, bytes: 0 };
    const notice = { kind: "ask", number: 1, begunAt, mail: { outcome: "sent", at: begunAt } } as const;
    await app.amend({ state: { status: "copying", pass, since: begunAt, done }, notice }, 1);
    await app.amend({ state: { status: "copying", pass, since: begunAt, done } }, 2);
    expect(await remind(app)).toMatchObject({ reminders: { reminded: 1 } });
    await sendAll(app);
    expect(app.mailSender.sent.map(({ to }) => to)).toEqual([exampleAccount(1).address]);
  });

  it("reaches everybody once, wherever it is interrupted", async () => {
    const cuts = await interruptEverywhere({
      begin: () => noticeWorld(migration, 9),
      run: async (app) => {
        await requestReminders(app, everybody);
        await continueReminders(app, everybody, unhurried);
      },
      resume: async (app) => {
        if ((await app.migrations.get(exampleId))?.reminders === undefined)
          await requestReminders(app, everybody);
        await continueReminders(app, everybody, unhurried);
      },
      check: async (app) => {
        const sent = new Set(app.noticeQueue.waiting.map(({ address }) => address));
        expect(sent.size).toBe(9);
        expect((await app.migrations.get(exampleId))?.reminders).toMatchObject({ reminded: 9 });
        for (const work of app.noticeQueue.waiting) await sendTo(app, work);
        expect(app.mailSender.sent).toHaveLength(9);
      },
    });
    expect(cuts).toBeGreaterThan(40);
  });

  it("goes on where its time ran out, page by page", async () => {
    const app = await noticeWorld(migration, 40);
    await requestReminders(app, everybody);
    let calls = 1;
    while ((await continueReminders(app, everybody, timeFor(3))) === "interrupted") calls += 1;
    expect(calls).toBeGreaterThan(3);
    expect(app.noticeQueue.waiting).toHaveLength(40);
    expect((await app.migrations.get(exampleId))?.reminders).toMatchObject({ reminded: 40 });
  });

  it("asked for again while it is under way goes on with the one that is", async () => {
    const app = await noticeWorld(migration, 40);
    const begun = await remindCommand(app, migration, {}, timeFor(3));
    expect(begun.outcome).toBe("standing");
    const ended = await remindCommand(app, migration, {}, unhurried);
    expect(ended).toEqual({ outcome: "done", reminders: { reminded: 40, tooEarly: 0, undeliverable: 0 } });
    expect(app.noticeQueue.waiting).toHaveLength(40);
  });

  it("writes to nobody more once the migration is closed", async () => {
    const app = await noticeWorld(migration, 5);
    await requestReminders(app, everybody);
    const current = await app.migrations.get(exampleId);
    if (current === null) throw new Error("There is no migration.");
    const closed = Migration.parse({ ...current, phase: "closed", closedAt: app.clock.now() });
    await app.migrations.replace(current, closed);
    expect(await continueReminders(app, everybody, unhurried)).toBe("complete");
    expect(app.noticeQueue.waiting).toEqual([]);
  });
});

describe("reminding members by name", () => {
  it("writes to those only, also to one whom the last notice did not reach", async () => {
    const app = await noticeWorld(migration, 4);
    const begunAt = Timestamp.parse("2026-11-21T08:00:00Z");
    const bounced = { outcome: "undeliverable", reason: "bounced", words: "", at: begunAt } as const;
    await app.amend({ notice: { kind: "ask", number: 1, begunAt, mail: bounced } }, 2);
    await app.amend({ state: completed(1) }, 3);
    expect(await remind(app, [1, 2, 3, 7, 1])).toEqual({
      outcome: "done",
      reminders: { reminded: 2, tooEarly: 0, undeliverable: 0 },
    });
    await sendAll(app);
    expect(app.mailSender.sent.map(({ to }) => to)).toEqual([
      exampleAccount(1).address,
      exampleAccount(2).address,
    ]);
  });
});

describe("reminding", () => {
  it("is answered, not done, before anything is copied and where there is no way to reach anybody", async () => {
    const app = await noticeWorld(migration, 1);
    expect(await remindCommand(app, inAccounts(), {}, unhurried)).toEqual({ outcome: "notCopying" });
    const mute = askingHistory({ notices: {}, members: { ask: false } });
    expect(await remindCommand(app, mute, {}, unhurried)).toEqual({ outcome: "cannotReach" });
    expect(app.noticeQueue.waiting).toEqual([]);
  });
});
