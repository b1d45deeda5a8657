import {
  EventBridgeClient,
  ListRulesCommand,
  PutEventsCommand,
  type PutEventsRequestEntry,
} from "@aws-sdk/client-eventbridge";
import { describe, expect, it, onTestFinished } from "vitest";
import { type Events, type EventsOptions, openEvents } from "../../infra/local/services/events/events.ts";
import type { SendToQueue } from "../../infra/local/services/events/send.ts";
import { countingMetering } from "../support/counting-metering.ts";
import { directoryOfTest } from "../support/directory-of-test.ts";
import { eventually } from "../support/eventually.ts";
import { type FakeFunction, fakeFunctions } from "../support/fake-functions.ts";
import { clientOf, serveOnLoopback } from "../support/loopback-service.ts";

const functionArn = (name: string) => `arn:aws:lambda:eu-central-1:000000000000:function:${name}`;
const queueArn = (name: string) => `arn:aws:sqs:eu-central-1:000000000000:${name}`;
const ruleArn = "arn:aws:events:eu-central-1:000000000000:rule/one";
const toFunction = { Id: "function", Arn: functionArn("take") };

const open = async (
  take: FakeFunction,
  rule: object,
  more: Partial<Pick<EventsOptions, "dataDir" | "now" | "scheduleEverySeconds">> = {},
) => {
  const sent: { queueArn: string; message: Parameters<SendToQueue>[1] }[] = [];
  const functions = fakeFunctions({ take });
  const metering = countingMetering();
  const events: Events = await openEvents({
    dataDir: await directoryOfTest(),
    region: "eu-central-1",
    accountId: "000000000000",
    invoker: functions,
    sendToQueue: async (arn, message) => void sent.push({ queueArn: arn, message }),
    metering,
    retryAfterSeconds: 0.01,
    ...more,
  });
  events.createEventBus({
    name: "orders",
    arn: "arn:aws:events:eu-central-1:000000000000:event-bus/orders",
  });
  events.createRule({ arn: ruleArn, properties: rule });
  const served = await serveOnLoopback(events);
  let stopped = false;
  const stop = async (): Promise<void> => {
    if (!stopped) await served.stop();
    stopped = true;
  };
  onTestFinished(stop);
  events.start();
  const client = new EventBridgeClient(clientOf(served));
  const put = (...Entries: PutEventsRequestEntry[]) => client.send(new PutEventsCommand({ Entries }));
  return { events, client, put, functions, sent, metering, stop };
};

const entry = (more: PutEventsRequestEntry = {}): PutEventsRequestEntry => ({
  Source: "mailferry",
  DetailType: "MxChangeDetected",
  Detail: '{"domain":"example.test"}',
  ...more,
});

describe("PutEvents", () => {
  it("gives a function whose rule matches the event in its envelope", async () => {
    const { put, functions, metering } = await open(() => null, {
      EventPattern: { source: ["mailferry"] },
      Targets: [toFunction],
    });
    const Time = new Date("2026-11-22T10:00:00Z");
    const { Entries, FailedEntryCount } = await put(entry({ Time, Resources: ["arn:x"] }));
    expect(FailedEntryCount).toBe(0);
    const { payload } = await eventually("the invocation", () => functions.invocations[0]);
    expect(payload).toEqual({
      version: "0",
      id: Entries?.[0]?.EventId,
      "detail-type": "MxChangeDetected",
      source: "mailferry",
      account: "000000000000",
      time: "2026-11-22T10:00:00Z",
      region: "eu-central-1",
      resources: ["arn:x"],
      detail: { domain: "example.test" },
    });
    expect(metering.readings().eventsPublished).toBe(1);
  });

  it("fails single entries, by name, and takes the others", async () => {
    const { put, functions } = await open(() => null, {
      EventPattern: { source: ["mailferry"] },
      Targets: [toFunction],
    });
    const { Entries, FailedEntryCount } = await put(
      entry({ Source: "aws.route53" }),
      entry({ Detail: "[1]" }),
      entry({ EventBusName: "nowhere" }),
      entry({ Source: undefined }),
      entry(),
    );
    expect(FailedEntryCount).toBe(4);
    expect(Entries?.map(({ ErrorCode }) => ErrorCode)).toEqual([
      "NotAuthorizedForSourceException",
      "MalformedDetail",
      "ResourceNotFoundException",
      "InvalidArgument",
      undefined,
    ]);
    await eventually("the invocation", () => functions.invocations[0]);
    expect(functions.invocations).toHaveLength(1);
  });

  it("keeps buses apart, and a disabled rule still", async () => {
    const targets = { EventPattern: { source: ["mailferry"] }, Targets: [toFunction] };
    const { events, put, functions } = await open(() => null, { ...targets, EventBusName: "orders" });
    events.createRule({ arn: `${ruleArn}-off`, properties: { ...targets, State: "DISABLED" } });
    await put(entry({ Detail: '{"n":1}' }), entry({ EventBusName: "orders", Detail: '{"n":2}' }));
    const { payload } = await eventually("the invocation", () => functions.invocations[0]);
    expect(payload).toMatchObject({ detail: { n: 2 } });
    expect(functions.invocations).toHaveLength(1);
  });

  it("refuses operations it does not serve", async () => {
    const { client } = await open(() => null, { EventPattern: { source: ["x"] } });
    await expect(client.send(new ListRulesCommand({}))).rejects.toMatchObject({
      name: "UnknownOperationException",
    });
  });
});

describe("targets", () => {
  it("can be a FIFO queue, and be given a part of the event or a text of their own", async () => {
    const { events, functions, sent } = await open(() => null, {
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
    const { put, functions, sent } = await open(
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
    const { put, functions, sent } = await open(() => new Promise(() => undefined), {
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
    const { put, functions, sent } = await open(
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
    const before = await open(() => new Promise(() => undefined), rule, same);
    await before.put(entry());
    await eventually("the invocation that is cut off", () => before.functions.invocations[0]);
    await before.stop();

    time += 8 * 3_600_000;
    const after = await open(() => null, rule, same);
    await eventually("the delivery", () => after.functions.invocations[0]);
    expect(after.sent).toEqual([]);
  });
});

describe("a schedule", () => {
  it("gives its target the documented event at the pace set for this machine", async () => {
    const { functions } = await open(
      () => null,
      { ScheduleExpression: "rate(5 minutes)", Targets: [toFunction] },
      { scheduleEverySeconds: 0.02 },
    );
    const { payload } = await eventually("the second ring", () => functions.invocations[1]);
    expect(payload).toMatchObject({
      version: "0",
      "detail-type": "Scheduled Event",
      source: "aws.events",
      resources: [ruleArn],
      detail: {},
    });
  });

  it("never runs its target twice at once, and has one ring waiting at most", async () => {
    let atOnce = 0;
    let most = 0;
    const releases: (() => void)[] = [];
    const { functions, events } = await open(
      async () => {
        atOnce += 1;
        most = Math.max(most, atOnce);
        await new Promise<void>((resolve) => releases.push(resolve));
        atOnce -= 1;
      },
      { ScheduleExpression: "rate(1 minute)", Targets: [toFunction] },
      { scheduleEverySeconds: 0.005 },
    );
    await eventually("the first ring", () => functions.invocations[0]);
    // Another rule rings at the same pace and shows when many periods have gone by.
    let others = 0;
    events.createRule({
      arn: `${ruleArn}-clock`,
      properties: { EventPattern: { source: ["clock"] }, Targets: [{ Id: "q", Arn: queueArn("q") }] },
    });
    while (others < 20) {
      await events.publish({ source: "clock", detailType: "t", detail: {} });
      await new Promise((resolve) => setTimeout(resolve, 5));
      others += 1;
    }
    expect(functions.invocations).toHaveLength(1);
    releases[0]?.();
    await eventually("the ring that waited", () => functions.invocations[1]);
    expect(most).toBe(1);
  });
});

describe("a rule that would not work here as on AWS", () => {
  it.each([
    ["wildcard", { EventPattern: { source: [{ wildcard: "a*" }] } }],
    ["$or", { EventPattern: { detail: { $or: [{ a: [1] }, { b: [1] }] } } }],
    ["EventPattern.sauce", { EventPattern: { sauce: ["a"] } }],
    ["cron", { ScheduleExpression: "cron(0 12 * * ? *)" }],
    [
      "InputTransformer",
      { EventPattern: { source: ["a"] }, Targets: [{ ...toFunction, InputTransformer: {} }] },
    ],
    ["Targets.0.Arn", { EventPattern: { source: ["a"] }, Targets: [{ Id: "x", Arn: "arn:aws:sns:a:b:c" }] }],
    ["there is no bus", { EventPattern: { source: ["a"] }, EventBusName: "elsewhere" }],
  ])("is refused at load, naming %s", async (named, rule) => {
    await expect(open(() => null, rule)).rejects.toThrow(named);
  });
});
