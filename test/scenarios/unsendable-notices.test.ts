import { describe, expect, it } from "vitest";
import { MailferryError } from "../../shared/contract/errors.ts";
import { underWaySeconds } from "../../shared/notices/notice-standing.ts";
import { exampleAccount } from "../support/migration-example.ts";
import { askingHistory, cards, linkIn, noticeTo, noticeWorld, sendTo } from "../support/notice-world.ts";

const { address } = exampleAccount(1);

describe("a notice that cannot be sent", () => {
  it("waits while SES has no room, and is sent then", async () => {
    const app = await noticeWorld(askingHistory(cards));
    app.mailSender.answer(address, { outcome: "tryLater", words: "Maximum sending rate exceeded." });
    const result = await sendTo(app);
    expect(result).toEqual({ outcome: "wait", words: "Maximum sending rate exceeded." });
    expect(app.memberCards.sent).toEqual([]);
    app.mailSender.answer(address, null);
    app.clock.advance(underWaySeconds);
    expect(await sendTo(app)).toEqual({ outcome: "sent", channels: ["mail", "card"] });
    expect((await app.account()).notice?.number).toBe(1);
  });

  it("is noted with SES' words when it refuses the mail", async () => {
    const app = await noticeWorld();
    app.mailSender.answer(address, { outcome: "refused", words: "Missing\nfinal '@domain'" });
    expect(await sendTo(app)).toEqual({ outcome: "sent", channels: [] });
    expect((await app.account()).notice?.mail).toMatchObject({
      outcome: "undeliverable",
      reason: "refused",
      words: "Missing final '@domain'",
    });
    app.clock.advance(13 * 3_600);
    expect(await sendTo(app, noticeTo("remind"))).toEqual({ outcome: "dropped", why: "undeliverable" });
    app.mailSender.answer(address, null);
    const named = noticeTo("remind", 1, { despiteFailure: true });
    expect(await sendTo(app, named)).toEqual({ outcome: "sent", channels: ["mail"] });
  });

  it("goes over the channel that is left when the other one failed before, and still says why it did", async () => {
    const app = await noticeWorld(askingHistory(cards));
    app.mailSender.answer(address, { outcome: "refused", words: "no" });
    expect(await sendTo(app)).toEqual({ outcome: "sent", channels: ["card"] });
    app.clock.advance(13 * 3_600);
    expect(await sendTo(app, noticeTo("remind"))).toEqual({ outcome: "sent", channels: ["card"] });
    expect((await app.account()).notice).toMatchObject({
      number: 2,
      mail: { reason: "refused" },
      card: { outcome: "sent" },
    });
  });

  it("leaves a card out that has to wait while the mail is out, because a later card would end the mail's link", async () => {
    const app = await noticeWorld(askingHistory(cards));
    app.memberCards.next = { outcome: "tooMany", retryAfterSeconds: 600 };
    expect(await sendTo(app)).toMatchObject({ outcome: "sent", channels: ["mail"] });
    app.clock.advance(underWaySeconds);
    app.memberCards.next = { outcome: "sent" };
    expect(await sendTo(app)).toEqual({ outcome: "dropped", why: "asked" });
    expect(await app.holds(linkIn(app.mailSender.sent[0]?.text ?? ""))).toBe(true);
  });

  it("tells of WeCom's trouble when the mail is out, and is delivered again when nothing is", async () => {
    const trouble = new MailferryError("WecomUnreachable", {
      host: "qyapi.weixin.qq.com",
      reason: "timeout",
    });
    const both = await noticeWorld(askingHistory(cards));
    both.memberCards.next = trouble;
    expect(await sendTo(both)).toMatchObject({
      channels: ["mail"],
      words: expect.stringContaining("timeout"),
    });
    const cardsOnly = await noticeWorld(askingHistory({ ...cards, notices: {} }));
    cardsOnly.memberCards.next = trouble;
    await expect(sendTo(cardsOnly)).rejects.toBe(trouble);
    cardsOnly.memberCards.next = { outcome: "tooMany", retryAfterSeconds: 600 };
    cardsOnly.clock.advance(underWaySeconds);
    expect(await sendTo(cardsOnly)).toMatchObject({ outcome: "wait", seconds: 600 });
  });

  it("notes that WeCom does not know the member", async () => {
    const app = await noticeWorld(askingHistory({ ...cards, notices: {} }));
    app.memberCards.next = { outcome: "undeliverable", reason: "unknownMember" };
    expect(await sendTo(app)).toEqual({ outcome: "sent", channels: [] });
    expect((await app.account()).notice?.card).toMatchObject({ reason: "unknownMember", words: "" });
  });
});
