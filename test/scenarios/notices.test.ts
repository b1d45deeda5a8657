import { describe, expect, it } from "vitest";
import { MailferryError } from "../../shared/contract/errors.ts";
import { Timestamp } from "../../shared/contract/ids.ts";
import { Migration } from "../../shared/contract/migration.ts";
import { toStoredError } from "../../shared/contract/stored-error.ts";
import { underWaySeconds } from "../../shared/notices/notice-standing.ts";
import { interruptEverywhere } from "../support/interruptions.ts";
import { completed, exampleAccount, exampleId } from "../support/migration-example.ts";
import {
  askingHistory,
  cards,
  linkIn,
  type NoticeWorld,
  noticeTo,
  noticeWorld,
  sendTo,
} from "../support/notice-world.ts";

const { address } = exampleAccount(1);
const sourceKey = { migrationId: exampleId, address, side: "source" } as const;
const refused = (side: "source" | "target") =>
  ({
    status: "notStarted",
    reason: {
      kind: "loginRefused",
      error: toStoredError(new MailferryError("LoginRefused", { side, mailbox: address, words: "no" })),
    },
  }) as const;

describe("a notice", () => {
  it("goes to the old address, from whom the settings say, with a link that opens the page", async () => {
    const app = await noticeWorld();
    expect(await sendTo(app)).toEqual({ outcome: "sent", channels: ["mail"] });
    const [mail] = app.mailSender.sent;
    expect(mail).toMatchObject({
      from: "it@yunfan.example",
      to: address,
      replyTo: "admin@yunfan.example",
      tags: { "mailferry-migration": "yunfan_example-k3v9", "mailferry-notice": "1" },
    });
    expect(await app.holds(linkIn(mail?.text ?? ""))).toBe(true);
    expect(mail?.text).toContain("2026-12-06 08:00 UTC");
    expect((await app.account()).notice).toEqual({
      kind: "ask",
      number: 1,
      begunAt: app.clock.now(),
      mail: { outcome: "sent", at: app.clock.now() },
    });
  });

  it("goes as a card as well, with the same link, where WeCom can send one", async () => {
    const app = await noticeWorld(askingHistory(cards));
    expect(await sendTo(app)).toEqual({ outcome: "sent", channels: ["mail", "card"] });
    const [card] = app.memberCards.sent;
    expect(card?.memberId).toBe("member1");
    expect(card?.url).toBe(linkIn(app.mailSender.sent[0]?.text ?? ""));
  });

  it("is recorded before it is sent and after, and sent again only where nobody can know", async () => {
    const cuts = await interruptEverywhere({
      begin: () => noticeWorld(askingHistory(cards)),
      run: (app) => sendTo(app),
      resume: async (app) => {
        app.clock.advance(underWaySeconds);
        await sendTo(app);
      },
      check: async (app, cutOff) => {
        const { notice } = await app.account();
        expect(notice).toMatchObject({ number: 1, mail: { outcome: "sent" } });
        expect(notice?.card?.outcome).toMatch(/^(sent|begun)$/);
        const { sent } = app.mailSender;
        expect(await app.holds(linkIn(sent.at(-1)?.text ?? ""))).toBe(true);
        for (const card of app.memberCards.sent) expect(await app.holds(card.url)).toBe(true);
        expect(sent.length).toBeLessThanOrEqual(cutOff === null ? 1 : 2);
        expect(app.memberCards.sent.length).toBeLessThanOrEqual(cutOff === null ? 1 : 2);
      },
    });
    expect(cuts).toBeGreaterThan(15);
  });

  it("is doubled only between SES taking it and the record of that", async () => {
    const doubled: string[] = [];
    await interruptEverywhere({
      begin: () => noticeWorld(),
      run: (app) => sendTo(app),
      resume: async (app) => {
        app.clock.advance(underWaySeconds);
        await sendTo(app);
      },
      check: (app, cutOff) => {
        if (app.mailSender.sent.length > 1) doubled.push(`${cutOff?.moment} ${cutOff?.call}`);
      },
    });
    // After the mail itself, around reading the account for the record, and before the record is written.
    expect(doubled).toHaveLength(4);
  });

  it("delivered twice at a time is sent once: the second waits until the first must have ended", async () => {
    const app = await noticeWorld();
    await app.amend({
      notice: { kind: "ask", number: 1, begunAt: app.clock.now(), mail: { outcome: "begun" } },
    });
    app.clock.advance(30);
    expect(await sendTo(app)).toMatchObject({ outcome: "wait", seconds: underWaySeconds - 30 });
    expect(app.mailSender.sent).toEqual([]);
    app.clock.advance(underWaySeconds - 30);
    expect(await sendTo(app)).toEqual({ outcome: "sent", channels: ["mail"] });
  });

  it("asks once, however often it is delivered", async () => {
    const app = await noticeWorld();
    await sendTo(app);
    app.clock.advance(13 * 3_600);
    expect(await sendTo(app)).toEqual({ outcome: "dropped", why: "asked" });
    expect(app.mailSender.sent).toHaveLength(1);
  });

  it("reminds after twelve hours and not before, and ends the earlier link", async () => {
    const app = await noticeWorld();
    await sendTo(app);
    app.clock.advance(12 * 3_600 - 1);
    expect(await sendTo(app, noticeTo("remind"))).toEqual({ outcome: "dropped", why: "tooEarly" });
    app.clock.advance(1);
    expect(await sendTo(app, noticeTo("remind"))).toEqual({ outcome: "sent", channels: ["mail"] });
    expect((await app.account()).notice).toMatchObject({ kind: "remind", number: 2 });
    const [first, second] = app.mailSender.sent;
    expect(await app.holds(linkIn(first?.text ?? ""))).toBe(false);
    expect(await app.holds(linkIn(second?.text ?? ""))).toBe(true);
    expect(second?.subject).toMatch(/^提醒/);
  });
});

describe("no notice goes out", () => {
  const unwanted: Readonly<Record<string, (app: NoticeWorld) => Promise<unknown>>> = {
    "whose password has come": (app) => app.vault.keep(sourceKey, "secret"),
    "that has been entered": (app) =>
      app.amend({ verifiedAt: Timestamp.parse("2026-11-22T08:00:00Z"), state: completed(1) }),
    "that is copied": (app) => app.amend({ state: completed(1) }),
    "that only the target refuses": async (app) => {
      await app.vault.keep(sourceKey, "secret");
      await app.amend({ state: refused("target") });
    },
  };

  it.each(Object.entries(unwanted))("to an account %s", async (_name, arrange) => {
    const app = await noticeWorld();
    await arrange(app);
    for (const kind of ["ask", "remind"] as const) {
      expect(await sendTo(app, noticeTo(kind))).toEqual({ outcome: "dropped", why: "notWanted" });
    }
    expect((await app.account()).notice).toBeUndefined();
    expect(app.mailSender.sent).toEqual([]);
  });

  it("when the migration is closed, or gone, or the account is", async () => {
    const closed = Migration.parse({ ...askingHistory(), phase: "closed", closedAt: "2026-11-22T09:00:00Z" });
    for (const app of [await noticeWorld(closed), await noticeWorld(askingHistory(), 0)]) {
      expect(await sendTo(app)).toEqual({ outcome: "dropped", why: "notWanted" });
    }
  });

  it("to be asked when asking was switched off meanwhile; a reminder is the operator's own wish", async () => {
    const app = await noticeWorld(askingHistory({ members: { ask: false } }));
    expect(await sendTo(app)).toEqual({ outcome: "dropped", why: "notWanted" });
    expect(await sendTo(app, noticeTo("remind"))).toMatchObject({ outcome: "sent" });
    expect(app.mailSender.sent[0]?.text).not.toContain("asked before");
  });

  it("to ask an account whose password is wrong, which is reminded all the same", async () => {
    const app = await noticeWorld();
    await app.vault.keep(sourceKey, "wrong");
    await app.amend({ state: refused("source") });
    expect(await sendTo(app)).toEqual({ outcome: "dropped", why: "notWanted" });
    expect(await sendTo(app, noticeTo("remind"))).toMatchObject({ outcome: "sent" });
  });
});
