import { SESv2Client } from "@aws-sdk/client-sesv2";
import { afterEach, describe, expect, it } from "vitest";
import { sesMailSender } from "../../functions/adapters/ses/mail-sender.ts";
import { MailAddress } from "../../shared/contract/ids.ts";
import type { OutgoingMail } from "../../shared/ports/mail-sender.ts";
import { type ScriptedAnswer, type ScriptedAws, startScriptedAws } from "../support/scripted-aws.ts";

let service: ScriptedAws | null = null;
afterEach(() => service?.stop());

const mail: OutgoingMail = {
  from: MailAddress.parse("it@yunfan.example"),
  to: MailAddress.parse("lihua@yunfan.example"),
  replyTo: MailAddress.parse("admin@yunfan.example"),
  subject: "邮箱迁移",
  text: "正文",
  html: "<p>正文</p>",
  tags: { "mailferry-migration": "yunfan_example-k3v9", "mailferry-notice": "2" },
};

const sendTo = async (...answers: readonly ScriptedAnswer[]) => {
  service = await startScriptedAws(answers);
  return sesMailSender(new SESv2Client(service.client), "mailferry").send(mail);
};

describe("SES", () => {
  it("is given sender, recipient, both bodies, the tags and the configuration set that hears of bounces", async () => {
    expect(await sendTo({ result: { MessageId: "1" } })).toEqual({ outcome: "sent" });
    expect(service?.requests.map(({ body }) => body)).toEqual([
      {
        FromEmailAddress: "it@yunfan.example",
        Destination: { ToAddresses: ["lihua@yunfan.example"] },
        ReplyToAddresses: ["admin@yunfan.example"],
        ConfigurationSetName: "mailferry",
        EmailTags: [
          { Name: "mailferry-migration", Value: "yunfan_example-k3v9" },
          { Name: "mailferry-notice", Value: "2" },
        ],
        Content: {
          Simple: {
            Subject: { Data: "邮箱迁移", Charset: "UTF-8" },
            Body: {
              Text: { Data: "正文", Charset: "UTF-8" },
              Html: { Data: "<p>正文</p>", Charset: "UTF-8" },
            },
          },
        },
      },
    ]);
  });

  it.each(["TooManyRequestsException", "LimitExceededException"])("with %s asks to wait", async (error) => {
    expect(await sendTo({ error, status: 429 })).toEqual({ outcome: "tryLater", words: error });
  });

  it.each(["BadRequestException", "MessageRejected"])("with %s refuses this one mail", async (error) => {
    expect(await sendTo({ error })).toEqual({ outcome: "refused", words: error });
  });

  it.each([
    "AccessDeniedException",
    "AccessDeniedException",
    "AccountSuspendedException",
    "MailFromDomainNotVerifiedException",
    "NotFoundException",
    "SendingPausedException",
  ])("with %s takes no mail at all, which is no member's doing", async (error) => {
    await expect(sendTo({ error })).rejects.toMatchObject({
      name: "MailNotSent",
      message: expect.stringContaining("it@yunfan.example"),
    });
  });

  it("that does not know the sender takes no mail at all, although it calls the mail rejected", async () => {
    const rejected = { error: "MessageRejected", message: "Email address is not verified." };
    await expect(sendTo(rejected)).rejects.toMatchObject({ name: "MailNotSent" });
  });

  it("in trouble of its own is neither a refusal nor an order to wait", async () => {
    await expect(sendTo({ error: "InternalServiceErrorException", status: 500 })).rejects.toMatchObject({
      name: "InternalServiceErrorException",
    });
  });
});
