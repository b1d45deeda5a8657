import { ListRulesCommand } from "@aws-sdk/client-eventbridge";
import { describe, expect, it } from "vitest";
import { entry, openForTest, ruleArn, toFunction } from "../support/events-for-test.ts";
import { eventually } from "../support/eventually.ts";

describe("PutEvents", () => {
  it("gives a function whose rule matches the event in its envelope", async () => {
    const { put, functions, metering } = await openForTest(() => null, {
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
    const { put, functions } = await openForTest(() => null, {
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
    const { events, put, functions } = await openForTest(() => null, { ...targets, EventBusName: "orders" });
    events.createRule({ arn: `${ruleArn}-off`, properties: { ...targets, State: "DISABLED" } });
    await put(entry({ Detail: '{"n":1}' }), entry({ EventBusName: "orders", Detail: '{"n":2}' }));
    const { payload } = await eventually("the invocation", () => functions.invocations[0]);
    expect(payload).toMatchObject({ detail: { n: 2 } });
    expect(functions.invocations).toHaveLength(1);
  });

  it("refuses operations it does not serve", async () => {
    const { client } = await openForTest(() => null, { EventPattern: { source: ["x"] } });
    await expect(client.send(new ListRulesCommand({}))).rejects.toMatchObject({
      name: "UnknownOperationException",
    });
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
    await expect(openForTest(() => null, rule)).rejects.toThrow(named);
  });
});
