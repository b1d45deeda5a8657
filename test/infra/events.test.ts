import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { matches } from "./support/event-pattern.ts";
import { synthesised } from "./support/synthesised.ts";

const { loaded } = await synthesised();
const Target = z.looseObject({
  Arn: z.string(),
  DeadLetterConfig: z.object({ Arn: z.string() }),
  RetryPolicy: z.object({ MaximumRetryAttempts: z.int(), MaximumEventAgeInSeconds: z.int() }),
});
const Rule = z.looseObject({
  EventBusName: z.string().default("default"),
  EventPattern: z.unknown().optional(),
  ScheduleExpression: z.string().optional(),
  Targets: z.array(Target).length(1),
});
const rules = loaded.resources
  .filter(({ type }) => type === "AWS::Events::Rule")
  .map(({ properties }) => Rule.parse(properties));
const bucket = loaded.outputs.UploadsBucketName;

const Event = z.looseObject({ source: z.string(), detail: z.looseObject({}) });
const example = async (name: string): Promise<z.infer<typeof Event>> =>
  Event.parse(
    JSON.parse(await readFile(join(import.meta.dirname, `../../events/examples/${name}.json`), "utf8")),
  );

/** The functions an event on this bus is delivered to. */
const deliveredTo = (bus: string, event: unknown): string[] =>
  rules
    .filter(
      ({ EventBusName, EventPattern }) =>
        EventBusName === bus && EventPattern !== undefined && matches(EventPattern, event),
    )
    .flatMap(({ Targets }) => Targets.map(({ Arn }) => Arn.slice(Arn.lastIndexOf(":") + 1)));

const uploaded = async (key: string, into = bucket) => {
  const event = await example("object-created");
  return { ...event, detail: { ...event.detail, bucket: { name: into }, object: { key, size: 1 } } };
};

describe("events", () => {
  it("a workbook under uploads/ goes to the import", async () => {
    const event = await uploaded("uploads/yunfan.example-k3v9/accounts.xlsx");
    expect(deliveredTo("default", event)).toEqual(["mailferry-import-accounts"]);
  });

  it("a report, a directory and another bucket's object go nowhere", async () => {
    expect(deliveredTo("default", await uploaded("reports/yunfan.example-k3v9/report.xlsx"))).toEqual([]);
    expect(deliveredTo("default", await uploaded("directories/yunfan.example-k3v9/members.json"))).toEqual(
      [],
    );
    expect(deliveredTo("default", await uploaded("uploads/a/b.xlsx", "somebody-elses"))).toEqual([]);
  });

  it("a change of a Route 53 zone goes to the switch, another call of Route 53 nowhere", async () => {
    const event = await example("route53-change");
    expect(deliveredTo("default", event)).toEqual(["mailferry-mx-change"]);
    const other = { ...event, detail: { ...event.detail, eventName: "CreateHostedZone" } };
    expect(deliveredTo("default", other)).toEqual([]);
  });

  it("our own MxChangeDetected goes to the switch, on our own bus only", async () => {
    const event = await example("mx-change-detected");
    expect(deliveredTo("mailferry", event)).toEqual(["mailferry-mx-change"]);
    expect(deliveredTo("default", event)).toEqual([]);
  });

  it("the clock calls the tick every minute", () => {
    const scheduled = rules.filter(({ ScheduleExpression }) => ScheduleExpression !== undefined);
    expect(scheduled.map(({ ScheduleExpression, Targets }) => [ScheduleExpression, Targets[0]?.Arn])).toEqual(
      [["rate(1 minute)", expect.stringMatching(/:mailferry-tick$/)]],
    );
  });

  it("are tried a bounded number of times and then kept", () => {
    const targets = rules.flatMap(({ Targets }) => Targets);
    expect(targets).toHaveLength(5);
    for (const { DeadLetterConfig, RetryPolicy } of targets) {
      expect(DeadLetterConfig.Arn).toMatch(/DeadLetters/);
      expect(RetryPolicy.MaximumRetryAttempts).toBeLessThanOrEqual(2);
      expect(RetryPolicy.MaximumEventAgeInSeconds).toBeLessThanOrEqual(3_600);
    }
  });
});
