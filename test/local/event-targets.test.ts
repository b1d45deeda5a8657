import { describe, expect, it } from "vitest";
import { directoryOfTest } from "../support/directory-of-test.ts";
import {
  entry,
  functionArn,
  openForTest,
  queueArn,
  ruleArn,
  toFunction,
} from "../support/events-for-test.ts";
import { eventually } from "../support/eventually.ts";

describe("targets", () => {
  it("can be a FIFO queue, and be given a part of the event or a text of their own", async () => {
    const { events, functions, sent } = await openForTest(() => null, {
      EventPattern: { source: ["aws.route53"] },
      Targets: [
        { ...toFunction, InputPath: "$.detail.change" },
        { Id: "queue", Arn: queueArn("q.fifo"), Input: '{"n":1}', SqsParameters: { MessageGroupId: "g" } },
      ],
    });
    await events.publish({ source: "aws.route53", detailType: "t", detail: { change: { id: 7 } } });
    expect((await eventually("the invocation", () => functions.invocations[0])).payload).toEqual({ id: 7 });
    expect(await eventually("the message", () => sent[0])).toEqual({
      queueArn: queueArn("q.fifo"),
      message: { body: '{"n":1}', groupId: "g" },
    });
  });

  it("are tried again as the retry policy says, and then the event goes to the dead-letter queue", async () => {
    const { put, functions, sent } = await openForTest(
      () => {
        throw Object.assign(new Error("no answer"), { name: "NameServerUnreachable" });
      },
      {
        EventPattern: { source: ["mailferry"] },
        Targets: [
          {
            ...toFunction,
            RetryPolicy: { MaximumRetryAttempts: 2 },
            DeadLetterConfig: { Arn: queueArn("dead") },
          },
        ],
      },
    );
    await put(entry());
    const { message } = await eventually("the dead letter", () => sent[0]);
    expect(functions.invocations).toHaveLength(3);
    expect(JSON.parse(message.body)).toMatchObject({ detail: { domain: "example.test" } });
    expect(message.attributes).toMatchObject({
      RULE_ARN: ruleArn,
      ERROR_CODE: "NameServerUnreachable",
      RETRY_ATTEMPTS: "3",
    });
  });

  it("are tried again while another one has not come to an end", async () => {
    const { put, functions, sent } = await openForTest(() => new Promise(() => undefined), {
      EventPattern: { source: ["mailferry"] },
      Targets: [
        toFunction,
        {
          Id: "failing",
          Arn: functionArn("missing"),
          RetryPolicy: { MaximumRetryAttempts: 1 },
          DeadLetterConfig: { Arn: queueArn("dead") },
        },
      ],
    });
    await put(entry());
    await eventually("the dead letter", () => sent[0]);
    expect(functions.invocations).toHaveLength(3);
  });

  it("get the event once when a retry succeeds", async () => {
    let failures = 1;
    const { put, functions, sent } = await openForTest(
      () => {
        failures -= 1;
        if (failures >= 0) throw new Error("not yet");
      },
      { EventPattern: { source: ["mailferry"] }, Targets: [toFunction] },
    );
    await put(entry(), entry({ Source: "other" }));
    await eventually("the second invocation", () => functions.invocations[1]);
    await put(entry({ Detail: '{"n":2}' }));
    await eventually("the next event", () => functions.invocations[2]);
    expect(functions.invocations).toHaveLength(3);
    expect(sent).toEqual([]);
  });
});

describe("an event accepted before the machine was switched off", () => {
  it("is delivered when it is on again, however long that took", async () => {
    let time = Date.UTC(2026, 10, 22);
    const same = { dataDir: await directoryOfTest(), now: () => time };
    const DeadLetterConfig = { Arn: queueArn("dead") };
    const target = { ...toFunction, RetryPolicy: { MaximumEventAgeInSeconds: 3_600 }, DeadLetterConfig };
    const rule = { EventPattern: { source: ["mailferry"] }, Targets: [target] };
    const before = await openForTest(() => new Promise(() => undefined), rule, same);
    await before.put(entry());
    await eventually("the invocation that is cut off", () => before.functions.invocations[0]);
    await before.stop();

    time += 8 * 3_600_000;
    const after = await openForTest(() => null, rule, same);
    await eventually("the delivery", () => after.functions.invocations[0]);
    expect(after.sent).toEqual([]);
  });
});
