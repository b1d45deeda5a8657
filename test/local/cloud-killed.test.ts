import { GetItemCommand, PutItemCommand } from "@aws-sdk/client-dynamodb";
import { GetObjectCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import { GetQueueAttributesCommand, SendMessageCommand } from "@aws-sdk/client-sqs";
import { expect, it } from "vitest";
import { z } from "zod";
import { eventually } from "../support/eventually.ts";
import { bootFixture, clientsOf, type Fixture, output, writeFixture } from "../support/fixture-cloud.ts";
import { type KillableProcess, startProcess } from "../support/killable-process.ts";

const cloudThatIsUp = z.object({
  endpoint: z.string(),
  region: z.string(),
  credentials: z.object({ accessKeyId: z.string(), secretAccessKey: z.string() }),
  outputs: z.record(z.string(), z.string()),
});

/** The fixture in a process of its own. */
const bootElsewhere = async (fixture: Fixture) => {
  const child: KillableProcess = startProcess("cloud-process.ts", fixture.assembly, fixture.dataDir);
  return { child, cloud: cloudThatIsUp.parse(await child.hears("up")) };
};

it("has table, objects and queue as they were after kill -9, and gives out again what was being worked on", async () => {
  const fixture = await writeFixture();
  const { child, cloud } = await bootElsewhere(fixture);
  const { dynamodb, s3, sqs } = clientsOf(cloud);
  const Item = { pk: { S: "one" }, kind: { S: "k" } };
  await dynamodb.send(new PutItemCommand({ TableName: output(cloud, "TableName"), Item }));
  const [Bucket, Key] = [output(cloud, "PlainName"), "uploads/表 1.xlsx"];
  await s3.send(new PutObjectCommand({ Bucket, Key, Body: "a sheet" }));
  // Its visibility timeout is an hour: only the reboot can make it visible again within this test.
  await sqs.send(new SendMessageCommand({ QueueUrl: output(cloud, "SlowUrl"), MessageBody: "stuck" }));
  await eventually("the worker with the message in hand", async () =>
    (await fixture.notes()).find(({ body }) => body === "stuck"),
  );
  await child.kill();

  const after = await bootFixture(fixture);
  const again = clientsOf(after);
  const TableName = output(after, "TableName");
  expect(
    await again.dynamodb.send(new GetItemCommand({ TableName, Key: { pk: { S: "one" } } })),
  ).toMatchObject({
    Item,
  });
  const object = await again.s3.send(new GetObjectCommand({ Bucket, Key }));
  expect(await object.Body?.transformToString()).toBe("a sheet");
  const starts = await eventually("the second delivery", async () => {
    const notes = (await fixture.notes()).filter(({ at, body }) => at === "start" && body === "stuck");
    return notes.length === 2 ? notes : undefined;
  });
  expect(starts.map(({ count }) => count)).toEqual([1, 2]);
  const { Attributes } = await again.sqs.send(
    new GetQueueAttributesCommand({ QueueUrl: output(after, "SlowUrl"), AttributeNames: ["All"] }),
  );
  expect(Attributes).toMatchObject({
    ApproximateNumberOfMessages: "0",
    ApproximateNumberOfMessagesNotVisible: "1",
  });
});

it("goes on with a FIFO group in order after kill -9, losing and reordering nothing", async () => {
  const fixture = await writeFixture();
  const { child, cloud } = await bootElsewhere(fixture);
  const bodies = Array.from({ length: 12 }, (_unused, index) => `slow ${index}`);
  for (const MessageBody of bodies) {
    const QueueUrl = output(cloud, "JobsUrl");
    await clientsOf(cloud).sqs.send(new SendMessageCommand({ QueueUrl, MessageBody, MessageGroupId: "a" }));
  }
  await eventually("work half done", async () =>
    (await fixture.notes()).find(({ at, body }) => at === "end" && body === "slow 3"),
  );
  await child.kill();

  await bootFixture(fixture);
  const notes = await eventually("the last message", async () => {
    const all = await fixture.notes();
    return all.some(({ at, body }) => at === "end" && body === "slow 11") ? all : undefined;
  });
  const firstEnds = [...new Set(notes.filter(({ at }) => at === "end").map(({ body }) => body))];
  expect(firstEnds).toEqual(bodies);
});

it("takes a message that was being worked on at an orderly stop for neither done nor failed", async () => {
  const fixture = await writeFixture();
  const before = await bootFixture(fixture);
  const QueueUrl = output(before, "SlowUrl");
  await clientsOf(before).sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: "stuck" }));
  const startsOf = async () => (await fixture.notes()).filter(({ at }) => at === "start");
  await eventually("the worker with the message in hand", async () => (await startsOf())[0]);
  await before.stop();
  await bootFixture(fixture);
  const second = await eventually("the second delivery", async () => (await startsOf())[1]);
  expect(second).toMatchObject({ body: "stuck", count: 2 });
});
