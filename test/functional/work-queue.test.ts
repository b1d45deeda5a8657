import { SQSClient } from "@aws-sdk/client-sqs";
import { describe, expect, it, onTestFinished } from "vitest";
import { z } from "zod";
import { MailboxWork } from "../../events/mailbox-work.ts";
import { sqsWorkQueue } from "../../functions/adapters/sqs/work-queue.ts";
import { exampleId } from "../support/migration-example.ts";
import { type ScriptedAnswer, startScriptedAws } from "../support/scripted-aws.ts";

const queueUrl = "http://127.0.0.1/000000000000/copy.fifo";
const plans = Array.from({ length: 12 }, (_, number) =>
  MailboxWork.parse({ work: "plan", migrationId: exampleId, address: `m${number}@yunfan.example`, pass: 1 }),
);
const Sent = z.object({
  Entries: z.array(z.object({ MessageGroupId: z.string(), MessageDeduplicationId: z.string() })),
});
const accepted = { result: { Successful: [] } };
const refused = (...ids: readonly string[]): ScriptedAnswer => ({
  result: { Failed: ids.map((Id) => ({ Id, SenderFault: false, Code: "InternalError" })) },
});

const queueThatAnswers = async (...answers: readonly ScriptedAnswer[]) => {
  const aws = await startScriptedAws(answers);
  onTestFinished(() => aws.stop());
  return { aws, queue: sqsWorkQueue(new SQSClient(aws.client), queueUrl) };
};

describe("the copy queue", () => {
  it("sends ten messages to a request, each in its mailbox' group and named so that a repetition is dropped", async () => {
    const { aws, queue } = await queueThatAnswers(accepted, accepted);
    await queue.send(plans);
    expect(aws.requests.map(({ operation }) => operation)).toEqual(["SendMessageBatch", "SendMessageBatch"]);
    expect(aws.requests[0]?.body).toMatchObject({ QueueUrl: queueUrl, Entries: { length: 10 } });
    expect(aws.requests[1]?.body).toMatchObject({
      Entries: [
        {
          MessageBody: JSON.stringify(plans[10]),
          MessageGroupId: `${exampleId}#m10@yunfan.example`,
          MessageDeduplicationId: `${exampleId}#m10@yunfan.example#1#plan`,
        },
        { MessageBody: JSON.stringify(plans[11]) },
      ],
    });
  });

  it("names what SQS would not take as an id by its hash, another one for each mailbox and piece of work", async () => {
    const { aws, queue } = await queueThatAnswers(accepted);
    const local = "a".repeat(64);
    const addresses = [1, 2].map((number) => `${local}@${"b".repeat(60)}.d${number}.yunfan.example`);
    const plans = [...addresses, "张伟@yunfan.example"].map((address) =>
      MailboxWork.parse({ work: "plan", migrationId: exampleId, address, pass: 1 }),
    );
    await queue.send(plans);
    const { Entries } = Sent.parse(aws.requests[0]?.body);
    const ids = Entries.flatMap((entry) => [entry.MessageGroupId, entry.MessageDeduplicationId]);
    expect(ids.filter((id) => /^[0-9a-f]{64}$/.test(id))).toHaveLength(6);
    expect(new Set(ids).size).toBe(6);
  });

  it("sends again only what was not accepted", async () => {
    const { aws, queue } = await queueThatAnswers(refused("1", "2"), accepted);
    await queue.send(plans.slice(0, 4));
    expect(aws.requests[1]?.body).toMatchObject({ Entries: [{ Id: "1" }, { Id: "2" }] });
  });

  it("says how many messages a queue would not take after four attempts", async () => {
    const answers = Array.from({ length: 4 }, () => refused("0"));
    const { aws, queue } = await queueThatAnswers(...answers);
    await expect(queue.send(plans.slice(0, 1))).rejects.toThrow(
      "The copy queue did not accept 1 messages: InternalError",
    );
    expect(aws.requests).toHaveLength(4);
  });

  it("says how many messages are ready, and never that there are none because nobody answered", async () => {
    const { aws, queue } = await queueThatAnswers(
      { result: { Attributes: { ApproximateNumberOfMessages: "12" } } },
      { result: { Attributes: {} } },
    );
    expect(await queue.backlog()).toBe(12);
    expect(aws.requests[0]).toMatchObject({
      operation: "GetQueueAttributes",
      body: { QueueUrl: queueUrl, AttributeNames: ["ApproximateNumberOfMessages"] },
    });
    await expect(queue.backlog()).rejects.toThrow("ApproximateNumberOfMessages");
  });

  it("makes a received message visible again after whole seconds within the limits of SQS", async () => {
    const { aws, queue } = await queueThatAnswers({ result: {} }, { result: {} });
    await queue.retryAfter("receipt", 1.2);
    await queue.retryAfter("receipt", 100_000);
    expect(aws.requests.map(({ body }) => body)).toMatchObject([
      { ReceiptHandle: "receipt", VisibilityTimeout: 2 },
      { ReceiptHandle: "receipt", VisibilityTimeout: 42_600 },
    ]);
  });
});
