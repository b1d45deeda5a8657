import {
  ChangeMessageVisibilityCommand,
  DeleteMessageBatchCommand,
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  PurgeQueueCommand,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
  type SQSClient,
  StartMessageMoveTaskCommand,
} from "@aws-sdk/client-sqs";
import { describe, expect, it } from "vitest";
import { eventually } from "../support/eventually.ts";
import {
  bootFixture,
  clientsOf,
  type Fixture,
  type Note,
  output,
  writeFixture,
} from "../support/fixture-cloud.ts";

const boot = async () => {
  const fixture = await writeFixture();
  const cloud = await bootFixture(fixture);
  const { sqs } = clientsOf(cloud);
  return { fixture, cloud, sqs, url: (name: string) => output(cloud, `${name}Url`) };
};

const send = (sqs: SQSClient, QueueUrl: string, MessageGroupId: string, MessageBody: string) =>
  sqs.send(new SendMessageCommand({ QueueUrl, MessageGroupId, MessageBody }));

const untilNoted = (fixture: Fixture, what: string, holds: (notes: readonly Note[]) => boolean) =>
  eventually(what, async () => {
    const notes = await fixture.notes();
    return holds(notes) ? notes : undefined;
  });

const ended = (notes: readonly Note[], body: string): number =>
  notes.filter((note) => note.at === "end" && note.body === body).length;

const depthOf = async (sqs: SQSClient, QueueUrl: string) => {
  const { Attributes } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ["All"] }));
  return {
    visible: Number(Attributes?.ApproximateNumberOfMessages),
    inFlight: Number(Attributes?.ApproximateNumberOfMessagesNotVisible),
  };
};

describe("a function fed from a FIFO queue", () => {
  it("works through a group in order, one batch at a time, and through other groups meanwhile", async () => {
    const { fixture, sqs, url } = await boot();
    const bodies = ["slow 1", "slow 2", "slow 3", "slow 4", "slow 5", "slow 6", "slow 7"];
    for (const body of bodies) await send(sqs, url("Jobs"), "a", body);
    await send(sqs, url("Jobs"), "b", "slow other");
    const notes = await untilNoted(
      fixture,
      "the end of all",
      (all) => ended(all, "slow 7") === 1 && ended(all, "slow other") === 1,
    );
    const ofA = notes.filter(({ group }) => group === "a").map(({ at, body }) => `${at} ${body}`);
    expect(ofA).toEqual(bodies.flatMap((body) => [`start ${body}`, `end ${body}`]));
    expect(Math.max(...notes.map(({ batch }) => batch ?? 0))).toBeLessThanOrEqual(5);
    const lastOfA = notes.findIndex(({ at, body }) => at === "end" && body === "slow 7");
    expect(notes.findIndex(({ body }) => body === "slow other")).toBeLessThan(lastOfA);
    await eventually("an empty queue", async () => {
      const { visible, inFlight } = await depthOf(sqs, url("Jobs"));
      return visible + inFlight === 0 ? true : undefined;
    });
  });

  it("gets only what failed of a batch again, and no more often than maxReceiveCount before the dead-letter queue has it", async () => {
    const { fixture, sqs, url } = await boot();
    await send(sqs, url("Jobs"), "a", "good");
    await send(sqs, url("Jobs"), "b", "bad");
    const { Messages } = await eventually("the dead letter", async () => {
      const received = await sqs.send(
        new ReceiveMessageCommand({
          QueueUrl: url("Dead"),
          WaitTimeSeconds: 1,
          MessageSystemAttributeNames: ["All"],
        }),
      );
      return received.Messages === undefined ? undefined : received;
    });
    expect(Messages?.[0]).toMatchObject({ Body: "bad", Attributes: { MessageGroupId: "b" } });
    const notes = await fixture.notes();
    expect([ended(notes, "good"), ended(notes, "bad")]).toEqual([1, 2]);
    expect(
      notes.filter(({ at, body }) => at === "start" && body === "bad").map(({ count }) => count),
    ).toEqual([1, 2]);
  });

  it("gets dead letters again after a redrive", async () => {
    const { fixture, cloud, sqs, url } = await boot();
    const dead = url("Dead");
    await sqs.send(
      new SendMessageCommand({
        QueueUrl: dead,
        MessageBody: "lost",
        MessageGroupId: "a",
        MessageDeduplicationId: "1",
      }),
    );
    expect(cloud.outputs).toHaveProperty("DeadUrl");
    const { Attributes } = await sqs.send(
      new GetQueueAttributesCommand({ QueueUrl: dead, AttributeNames: ["QueueArn"] }),
    );
    await sqs.send(new StartMessageMoveTaskCommand({ SourceArn: Attributes?.QueueArn }));
    await untilNoted(fixture, "the message that was lost", (notes) => ended(notes, "lost") === 1);
  });
});

describe("the SQS API", () => {
  it("waits for a message as long as it is told, and gives it the moment it comes", async () => {
    const { sqs, url } = await boot();
    const QueueUrl = url("GivenUp");
    const receiving = sqs.send(new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 20 }));
    await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: "there" }));
    expect((await receiving).Messages?.[0]?.Body).toBe("there");
    const empty = await sqs.send(new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 0 }));
    expect(empty.Messages).toBeUndefined();
  });

  it("answers batches entry by entry, keeps attributes, and deletes", async () => {
    const { sqs, url } = await boot();
    const QueueUrl = url("GivenUp");
    const sent = await sqs.send(
      new SendMessageBatchCommand({
        QueueUrl,
        Entries: [
          {
            Id: "1",
            MessageBody: "邮件",
            MessageAttributes: { kind: { DataType: "String", StringValue: "好" } },
          },
          { Id: "2", MessageBody: "no", MessageDeduplicationId: "only for FIFO" },
        ],
      }),
    );
    expect(sent.Successful?.map(({ Id }) => Id)).toEqual(["1"]);
    expect(sent.Failed).toMatchObject([{ Id: "2", Code: "InvalidParameterValue", SenderFault: true }]);
    const { Messages } = await sqs.send(
      new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, MessageAttributeNames: ["All"] }),
    );
    expect(Messages).toMatchObject([{ Body: "邮件", MessageAttributes: { kind: { StringValue: "好" } } }]);
    const ReceiptHandle = Messages?.[0]?.ReceiptHandle;
    await sqs.send(new ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle, VisibilityTimeout: 100 }));
    const Entries = [{ Id: "1", ReceiptHandle }];
    const deleted = await sqs.send(new DeleteMessageBatchCommand({ QueueUrl, Entries }));
    expect(deleted.Successful).toHaveLength(1);
    expect(await depthOf(sqs, QueueUrl)).toEqual({ visible: 0, inFlight: 0 });
  });

  it("finds a queue by its name, empties it, and says when there is none", async () => {
    const { sqs, url } = await boot();
    const QueueUrl = url("GivenUp");
    const { QueueUrl: found } = await sqs.send(new GetQueueUrlCommand({ QueueName: "Fixture-GivenUp" }));
    expect(found).toBe(QueueUrl);
    await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: "1" }));
    await sqs.send(new PurgeQueueCommand({ QueueUrl }));
    expect(await depthOf(sqs, QueueUrl)).toEqual({ visible: 0, inFlight: 0 });
    await expect(sqs.send(new GetQueueUrlCommand({ QueueName: "none" }))).rejects.toMatchObject({
      name: "QueueDoesNotExist",
    });
  });
});
