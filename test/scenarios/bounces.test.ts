import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { OutgoingMailEvent } from "../../events/outgoing-mail-event.ts";
import { noteBounce } from "../../shared/notices/note-bounce.ts";
import { reasonOf } from "../../shared/report/reason.ts";
import { interruptEverywhere } from "../support/interruptions.ts";
import { exampleAccount } from "../support/migration-example.ts";
import { type NoticeWorld, noticeTo, noticeWorld, sendTo } from "../support/notice-world.ts";

const example = z
  .object({ detail: z.looseObject({ bounce: z.looseObject({}), mail: z.looseObject({}) }) })
  .loose()
  .parse(
    JSON.parse(
      readFileSync(join(import.meta.dirname, "../../events/examples/outgoing-mail-event.json"), "utf8"),
    ),
  );

const mail = {
  ...example.detail.mail,
  destination: ["Member1@YUNFAN.example"],
  tags: { "mailferry-migration": ["yunfan_example-k3v9"], "mailferry-notice": ["1"] },
};
const bounce = (differing: object = {}): OutgoingMailEvent =>
  OutgoingMailEvent.parse({
    ...example,
    detail: { ...example.detail, bounce: { ...example.detail.bounce, ...differing }, mail },
  });
const complaint = OutgoingMailEvent.parse({
  ...example,
  "detail-type": "Email Complaint Received",
  detail: {
    eventType: "Complaint",
    complaint: { complaintFeedbackType: "abuse", timestamp: "2026-11-22T09:00:00.000Z" },
    mail,
  },
});

const written = async (): Promise<NoticeWorld> => {
  const app = await noticeWorld();
  await sendTo(app);
  return app;
};

describe("a mail that comes back", () => {
  it("makes its account's notice undeliverable, once, wherever noting it is interrupted", async () => {
    await interruptEverywhere({
      begin: written,
      run: (app) => noteBounce(app, bounce()),
      check: async (app) => {
        expect((await app.account()).notice).toMatchObject({
          number: 1,
          mail: {
            outcome: "undeliverable",
            reason: "bounced",
            words: "smtp; 550 5.1.1 user unknown",
            at: "2026-11-22T08:00:01.669Z",
          },
        });
      },
    });
  });

  it("is shown to the operator in both languages, with the server's words", async () => {
    const app = await written();
    const account = await app.account();
    expect(reasonOf(account, "en")).toBe(
      "The member was asked for the password of the old mailbox (notice 1, 2026-11-22 08:00 UTC) and has not given it yet.",
    );
    await noteBounce(app, bounce());
    const returned = await app.account();
    expect(reasonOf(returned, "en")).toContain("The mail did not arrive");
    expect(reasonOf(returned, "en")).toContain("(smtp; 550 5.1.1 user unknown)");
    expect(reasonOf(returned, "zhCN")).toContain("邮件未送达");
  });

  it("for a while only is no reason to give up the address", async () => {
    const app = await written();
    for (const bounceType of ["Transient", "Undetermined"]) {
      expect(await noteBounce(app, bounce({ bounceType }))).toBe("passing");
    }
    expect((await app.account()).notice?.mail?.outcome).toBe("sent");
  });

  it("as spam is noted as that", async () => {
    const app = await written();
    expect(await noteBounce(app, complaint)).toBe("noted");
    expect((await app.account()).notice?.mail).toMatchObject({ reason: "complained", words: "abuse" });
  });

  it("before it was recorded that it went out stays noted", async () => {
    const app = await noticeWorld();
    const send = app.mailSender.send.bind(app.mailSender);
    app.mailSender.send = async (outgoing) => {
      const outcome = await send(outgoing);
      await noteBounce(app, bounce());
      return outcome;
    };
    await sendTo(app);
    expect((await app.account()).notice?.mail).toMatchObject({ reason: "bounced" });
  });

  it("late, when the member was written to again, is of no account", async () => {
    const app = await written();
    app.clock.advance(12 * 3_600);
    await sendTo(app, noticeTo("remind"));
    expect(await noteBounce(app, bounce())).toBe("stale");
    expect((await app.account()).notice?.mail?.outcome).toBe("sent");
  });

  it("for an account that is gone, or was never written to, is of no account", async () => {
    expect(await noteBounce(await noticeWorld(undefined, 0), bounce())).toBe("stale");
    const app = await noticeWorld();
    expect(await noteBounce(app, bounce())).toBe("stale");
    expect(await app.account()).toEqual(exampleAccount(1, { state: (await app.account()).state }));
  });
});
