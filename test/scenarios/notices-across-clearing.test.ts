import { describe, expect, it } from "vitest";
import { clearAccounts } from "../../shared/accounts/clear-accounts.ts";
import { noticesToAsk } from "../../shared/notices/ask-members.ts";
import { remindCommand } from "../../shared/notices/remind-command.ts";
import { secondsAfter } from "../../shared/time/moment.ts";
import { FakeImportStore } from "../support/fake-import-store.ts";
import { FakeImportTurns } from "../support/fake-import-turns.ts";
import { unhurried } from "../support/fake-pipeline.ts";
import { interruptEverywhere } from "../support/interruptions.ts";
import { exampleAccount } from "../support/migration-example.ts";
import { asked, askingHistory, linkIn, noticeTo, noticeWorld, sendTo } from "../support/notice-world.ts";

const migration = askingHistory();
const hour = 3_600;

const clearable = async () =>
  Object.assign(await noticeWorld(migration), {
    turns: new FakeImportTurns(),
    imports: new FakeImportStore(),
  });
type Clearable = Awaited<ReturnType<typeof clearable>>;

/** Clears every account and imports the workbook again. */
const clearAndImport = async (app: Clearable): Promise<void> => {
  expect(await clearAccounts(app, migration, {}, unhurried)).toMatchObject({ outcome: "done" });
  await app.accounts.createAll([exampleAccount(1, { state: asked })]);
};

describe("a member whose account is cleared and imported anew", () => {
  it("is not written to again before twelve hours have passed, and then is", async () => {
    const app = await clearable();
    await sendTo(app);
    const until = secondsAfter(app.clock.now(), 12 * hour);
    app.clock.advance(120);
    await clearAndImport(app);
    for (const kind of ["ask", "remind"] as const) {
      expect(await sendTo(app, noticeTo(kind))).toEqual({ outcome: "dropped", why: "tooEarly" });
    }
    expect((await app.account()).notice).toBeUndefined();
    // So that each later pass asks again, until the time has come.
    expect(noticesToAsk(migration, [await app.account()])).toEqual([noticeTo("ask")]);
    const tooEarly = { reminded: 0, tooEarly: 1, undeliverable: 0, tooEarlyUntil: until };
    for (const only of [undefined, [exampleAccount(1).address]]) {
      expect(await remindCommand(app, migration, { only }, unhurried)).toEqual({
        outcome: "done",
        reminders: tooEarly,
      });
    }
    app.clock.advance(12 * hour - 120);
    expect(await remindCommand(app, migration, {}, unhurried)).toMatchObject({ reminders: { reminded: 1 } });
    expect(await sendTo(app)).toEqual({ outcome: "sent", channels: ["mail"] });
    expect(app.mailSender.sent).toHaveLength(2);
    expect(await app.holds(linkIn(app.mailSender.sent.at(-1)?.text ?? ""))).toBe(true);
  });

  it("stays known as written to, however often that is repeated", async () => {
    const app = await clearable();
    await sendTo(app);
    for (let time = 1; time <= 11; time += 1) {
      app.clock.advance(hour);
      await clearAndImport(app);
      expect(await sendTo(app)).toEqual({ outcome: "dropped", why: "tooEarly" });
    }
    app.clock.advance(hour);
    expect(await sendTo(app)).toMatchObject({ outcome: "sent" });
    await clearAndImport(app);
    expect(await sendTo(app)).toEqual({ outcome: "dropped", why: "tooEarly" });
  });

  it("gets one mail, wherever sending it, clearing or importing is interrupted", async () => {
    const cuts = await interruptEverywhere({
      begin: clearable,
      run: async (app) => {
        await sendTo(app);
        await clearAndImport(app);
        await sendTo(app);
      },
      resume: async (app) => {
        await clearAndImport(app);
        await sendTo(app);
      },
      check: async (app) => {
        const sent = app.mailSender.sent.length;
        const { notice } = await app.account();
        const access = await app.memberLinks.access(exampleAccount(1));
        expect(sent).toBeLessThanOrEqual(1);
        // Whether a link that was made was sent nobody knows; where none was, the mail has gone out by now.
        expect(sent === 1 || access?.writtenAt !== undefined).toBe(true);
        expect(notice === undefined || notice.mail?.outcome === "sent").toBe(true);
      },
    });
    expect(cuts).toBeGreaterThan(40);
  });
});
