import { describe, expect, it } from "vitest";
import type { Facts, Log } from "../../functions/runtime/logger.ts";
import { NoticeRecord } from "../../functions/send-notice/queue-event.ts";
import { workOff } from "../../functions/send-notice/work-off.ts";
import { MailferryError } from "../../shared/contract/errors.ts";
import { underWaySeconds } from "../../shared/notices/notice-standing.ts";
import { exampleAccount } from "../support/migration-example.ts";
import { linkIn, type NoticeWorld, noticeTo, noticeWorld, pageUrl } from "../support/notice-world.ts";

const { address } = exampleAccount(1);

/** A log that keeps its lines. */
const keptLog = () => {
  const lines: string[] = [];
  const say = (message: string, facts: Facts = {}) => {
    lines.push(JSON.stringify({ message, ...facts }));
  };
  const log: Log = { info: say, warn: say, error: say };
  return { lines, log };
};

const received = (body: string, times = 1): NoticeRecord =>
  NoticeRecord.parse({
    messageId: "m",
    receiptHandle: "r",
    body,
    attributes: { ApproximateReceiveCount: String(times) },
  });
const ask = (times = 1) => received(JSON.stringify(noticeTo("ask")), times);
const work = async (app: NoticeWorld, record: NoticeRecord) => {
  const { lines, log } = keptLog();
  return { unfinished: await workOff(app, [record], pageUrl, log), lines };
};

describe("a message of the notices queue", () => {
  it("is done with when the notice is out, and names nobody in the log", async () => {
    const app = await noticeWorld();
    const { unfinished, lines } = await work(app, ask());
    expect(unfinished).toEqual([]);
    expect(lines.join()).toContain('"channels":"mail"');
    expect(lines.join()).not.toContain(address);
    expect(lines.join()).not.toContain(linkIn(app.mailSender.sent[0]?.text ?? ""));
  });

  it("waits for SES, longer each time, and is not failed by it", async () => {
    const app = await noticeWorld();
    app.mailSender.answer(address, { outcome: "tryLater", words: "Maximum sending rate exceeded." });
    for (const times of [1, 2, 3]) {
      expect((await work(app, ask(times))).unfinished).toEqual(["m"]);
      app.clock.advance(underWaySeconds);
    }
    expect(app.noticeQueue.retries.map(({ seconds }) => seconds)).toEqual([120, 480, 1_920]);
  });

  it("of which another sender has the notice waits until that one must have ended", async () => {
    const app = await noticeWorld();
    await app.amend({
      notice: { kind: "ask", number: 1, begunAt: app.clock.now(), mail: { outcome: "begun" } },
    });
    app.clock.advance(20);
    expect((await work(app, ask())).unfinished).toEqual(["m"]);
    expect(app.noticeQueue.retries).toEqual([{ receiptHandle: "r", seconds: underWaySeconds - 20 }]);
  });

  it("that failed is left to the queue, and the reason is logged where it is ours", async () => {
    const app = await noticeWorld();
    app.mailSender.answer(
      address,
      new MailferryError("MailNotSent", { from: "it@x.test", reason: "paused" }),
    );
    const { unfinished, lines } = await work(app, ask());
    expect(unfinished).toEqual(["m"]);
    expect(app.noticeQueue.retries).toEqual([]);
    expect(lines.join()).toContain("paused");
    app.clock.advance(underWaySeconds);
    app.mailSender.answer(address, new Error(`socket closed at ${pageUrl}/secret`));
    expect((await work(app, ask(2))).lines.join()).not.toContain("secret");
  });

  it("that cannot be read goes to the dead letters in the end", async () => {
    const app = await noticeWorld();
    expect((await work(app, received('{"migrationId":"x"}'))).unfinished).toEqual(["m"]);
  });
});
