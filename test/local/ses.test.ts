import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { SESv2Client, SendEmailCommand, type SendEmailCommandInput } from "@aws-sdk/client-sesv2";
import { describe, expect, it } from "vitest";
import { bootSesFixture, type SesFixture } from "../support/ses-fixture.ts";

const mail = (change: Partial<SendEmailCommandInput> = {}): SendEmailCommandInput => ({
  FromEmailAddress: "IT <it@example.test>",
  Destination: { ToAddresses: ["zhang.wei@old.example.test"] },
  Content: {
    Simple: {
      Subject: { Data: "旧邮箱密码", Charset: "UTF-8" },
      Body: { Text: { Data: "text 文", Charset: "UTF-8" }, Html: { Data: "<p>html</p>", Charset: "UTF-8" } },
      Headers: [{ Name: "Auto-Submitted", Value: "auto-generated" }],
    },
  },
  ...change,
});

const send = async ({ cloud }: SesFixture, input: SendEmailCommandInput): Promise<string> => {
  const { endpoint, region, credentials } = cloud;
  const client = new SESv2Client({ endpoint, region, credentials: { ...credentials }, maxAttempts: 1 });
  const { MessageId = "" } = await client.send(new SendEmailCommand(input));
  return MessageId;
};

const outboxOf = async ({ cloud }: SesFixture): Promise<unknown[]> => {
  const names = (await readdir(cloud.outbox)).sort();
  const texts = await Promise.all(names.map((name) => readFile(join(cloud.outbox, name), "utf8")));
  return texts.map((text) => JSON.parse(text));
};

const to = (...ToAddresses: string[]) => ({ Destination: { ToAddresses }, ConfigurationSetName: "notices" });

describe("SendEmail", () => {
  it("puts the mail into the outbox, where only its owner can read it", async () => {
    const fixture = await bootSesFixture();
    const messageId = await send(fixture, mail({ ReplyToAddresses: ["admin@example.test"] }));
    expect(await outboxOf(fixture)).toEqual([
      {
        messageId,
        at: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
        from: "IT <it@example.test>",
        to: ["zhang.wei@old.example.test"],
        cc: [],
        bcc: [],
        replyTo: ["admin@example.test"],
        subject: "旧邮箱密码",
        text: "text 文",
        html: "<p>html</p>",
        headers: { "Auto-Submitted": "auto-generated" },
      },
    ]);
    const [name = ""] = await readdir(fixture.cloud.outbox);
    expect((await stat(join(fixture.cloud.outbox, name))).mode & 0o777).toBe(0o600);
    expect((await stat(fixture.cloud.outbox)).mode & 0o777).toBe(0o700);
  });

  it("counts every recipient, as SES bills them", async () => {
    const fixture = await bootSesFixture();
    const Destination = { ToAddresses: ["a@x.test", "b@x.test"], BccAddresses: ["c@x.test"] };
    await send(fixture, mail({ Destination }));
    expect(fixture.cloud.metering.readings().emailsSent).toBe(3);
  });

  it.each([
    ["an address of a verified domain", "anybody@example.test"],
    ["an address below it", "anybody@it.example.test"],
    ["a verified address", "Just.This@other.test"],
  ])("takes a mail from %s", async (_what, FromEmailAddress) => {
    const fixture = await bootSesFixture();
    await expect(send(fixture, mail({ FromEmailAddress }))).resolves.toBeTypeOf("string");
  });

  it.each([
    ["another address of a verified one's domain", "other@other.test"],
    ["a domain that only ends like a verified one", "a@notexample.test"],
  ])("refuses a mail from %s", async (_what, FromEmailAddress) => {
    const fixture = await bootSesFixture();
    await expect(send(fixture, mail({ FromEmailAddress }))).rejects.toMatchObject({
      name: "MessageRejected",
      message: expect.stringMatching(/is not verified.*EU-CENTRAL-1/),
    });
  });

  it("takes from everybody when the template names no identity", async () => {
    const fixture = await bootSesFixture({ identities: [] });
    await expect(send(fixture, mail({ FromEmailAddress: "who@ever.test" }))).resolves.toBeTypeOf("string");
  });

  it.each<[string, Partial<SendEmailCommandInput>, string]>([
    ["a configuration set that is not there", { ConfigurationSetName: "other" }, "NotFoundException"],
    ["nobody to send to", { Destination: {} }, "BadRequestException"],
    [
      "more than fifty recipients",
      { Destination: { ToAddresses: Array.from({ length: 51 }, (_unused, index) => `a${index}@x.test`) } },
      "BadRequestException",
    ],
    ["an address that is none", { Destination: { ToAddresses: ["nobody"] } }, "BadRequestException"],
    ["an address beyond ASCII", { Destination: { ToAddresses: ["张伟@x.test"] } }, "BadRequestException"],
    [
      "a subject that begins another header",
      { Content: { Simple: { Subject: { Data: "a\r\nBcc: b@x.test" }, Body: { Text: { Data: "" } } } } },
      "BadRequestException",
    ],
    [
      "content that is not served here",
      { Content: { Raw: { Data: Buffer.from("Subject: a") } } },
      "BadRequestException",
    ],
  ])("refuses %s", async (_what, change, name) => {
    const fixture = await bootSesFixture();
    await expect(send(fixture, mail(change))).rejects.toMatchObject({ name });
    expect(await outboxOf(fixture)).toEqual([]);
  });
});

describe("the mailbox simulator", () => {
  it.each([
    ["bounce@simulator.amazonses.com", "General", "smtp; 550 5.1.1 user unknown"],
    ["bounce+label-1@simulator.amazonses.com", "General", "smtp; 550 5.1.1 user unknown"],
    ["suppressionlist@simulator.amazonses.com", "Suppressed", expect.stringContaining("suppressed sending")],
  ])("lets a mail to %s bounce", async (address, bounceSubType, diagnosticCode) => {
    const fixture = await bootSesFixture();
    const EmailTags = [{ Name: "notice", Value: "7" }];
    const messageId = await send(fixture, mail({ ...to(address), EmailTags }));
    const [event] = await fixture.events(1);
    expect(event).toMatchObject({
      source: "aws.ses",
      "detail-type": "Email Bounced",
      account: "000000000000",
      region: "eu-central-1",
      resources: ["arn:aws:ses:eu-central-1:000000000000:configuration-set/notices"],
      detail: {
        eventType: "Bounce",
        bounce: {
          bounceType: "Permanent",
          bounceSubType,
          bouncedRecipients: [{ emailAddress: address, action: "failed", status: "5.1.1", diagnosticCode }],
        },
        mail: {
          messageId,
          source: "IT <it@example.test>",
          destination: [address],
          commonHeaders: { subject: "旧邮箱密码" },
          tags: { notice: ["7"], "ses:configuration-set": ["notices"] },
        },
      },
    });
    expect(JSON.stringify(event)).not.toContain("text 文");
  });

  it("lets a reader complain", async () => {
    const fixture = await bootSesFixture();
    await send(fixture, mail(to("complaint@simulator.amazonses.com")));
    const [event] = await fixture.events(1);
    expect(event).toMatchObject({
      "detail-type": "Email Complaint Received",
      detail: { eventType: "Complaint", complaint: { complaintFeedbackType: "abuse" } },
    });
  });

  it("delivers to everybody else, of which nobody is told who did not ask for it", async () => {
    const fixture = await bootSesFixture();
    await send(fixture, mail(to("success@simulator.amazonses.com")));
    await send(fixture, mail(to("ooto+1@simulator.amazonses.com")));
    await send(fixture, mail(to("zhang.wei@old.example.test")));
    await send(fixture, mail({ Destination: { ToAddresses: ["bounce@simulator.amazonses.com"] } }));
    await send(fixture, mail(to("a@x.test", "bounce+last@simulator.amazonses.com")));
    const events = await fixture.events(1);
    expect(events).toHaveLength(1);
    expect(events[0]).toMatchObject({
      detail: { bounce: { bouncedRecipients: [{ emailAddress: "bounce+last@simulator.amazonses.com" }] } },
    });
  });

  it("tells of sending and delivery where the destination asks for it", async () => {
    const fixture = await bootSesFixture({ eventTypes: ["send", "delivery"] });
    await send(fixture, mail(to("a@x.test")));
    const events = await fixture.events(2);
    expect(events.map((event) => event["detail-type"]).sort()).toEqual(["Email Delivered", "Email Sent"]);
  });
});
