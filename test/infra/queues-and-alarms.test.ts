import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { runbookEntries } from "../../infra/constructs/operator-alarms.ts";
import { copyQueue } from "../../shared/contract/queue.ts";
import { resourcesOf, synthesised } from "./support/synthesised.ts";

const { template } = await synthesised();
const queues = resourcesOf(template, "AWS::SQS::Queue");
const alarms = resourcesOf(template, "AWS::CloudWatch::Alarm");
const redrive = z.object({
  deadLetterTargetArn: z.object({ "Fn::GetAtt": z.tuple([z.string(), z.literal("Arn")]) }),
});
const deadLettersOf = (policy: unknown): string => redrive.parse(policy).deadLetterTargetArn["Fn::GetAtt"][0];

const working = queues.filter(({ properties }) => properties.RedrivePolicy !== undefined);
const deadLetters = queues.filter(({ properties }) => properties.RedrivePolicy === undefined);

describe("queues", () => {
  it("are the copy queue, the notices queue and dead-letter queues, nothing else", () => {
    expect(working.map(({ id }) => id)).toEqual([
      expect.stringMatching(/^CopyQueue/),
      expect.stringMatching(/^NoticesQueue/),
    ]);
    const takenFrom = JSON.stringify([
      ...working.map(({ properties }) => deadLettersOf(properties.RedrivePolicy)),
      ...resourcesOf(template, "AWS::Events::Rule").map(({ properties }) => properties.Targets),
      ...resourcesOf(template, "AWS::Lambda::EventInvokeConfig").map(
        ({ properties }) => properties.DestinationConfig,
      ),
    ]);
    for (const { id } of deadLetters) expect(takenFrom).toContain(`"${id}"`);
  });

  it("call an operator as soon as a dead letter lies there", () => {
    expect(deadLetters).not.toEqual([]);
    for (const { id } of deadLetters) {
      const watching = alarms.filter(({ properties }) =>
        JSON.stringify(properties.Dimensions)?.includes(`"${id}"`),
      );
      expect(watching.map(({ properties }) => properties)).toEqual([
        expect.objectContaining({
          MetricName: "ApproximateNumberOfMessagesVisible",
          Threshold: 0,
          ComparisonOperator: "GreaterThanThreshold",
          AlarmActions: [expect.anything()],
        }),
      ]);
    }
  });

  it("keep dead letters for as long as SQS keeps anything", () => {
    for (const { properties } of deadLetters) expect(properties.MessageRetentionPeriod).toBe(14 * 24 * 3_600);
  });
});

describe("the copy queue", () => {
  it("gives each mailbox a line of its own and follows the contract's arithmetic", () => {
    expect(working[0]?.properties).toMatchObject({
      FifoQueue: true,
      FifoThroughputLimit: "perMessageGroupId",
      DeduplicationScope: "messageGroup",
      VisibilityTimeout: copyQueue.visibilityTimeoutSeconds,
      RedrivePolicy: { maxReceiveCount: copyQueue.maxReceiveCount },
    });
    const given = deadLetters.find(({ id }) => id === deadLettersOf(working[0]?.properties.RedrivePolicy));
    expect(given?.properties.FifoQueue).toBe(true);
  });

  it("feeds the worker one message at a time and as many mailboxes as the settings say", () => {
    expect(
      resourcesOf(template, "AWS::Lambda::EventSourceMapping")
        .map(({ properties }) => properties)
        .filter(({ FunctionName }) => JSON.stringify(FunctionName).includes("mailboxworker")),
    ).toEqual([
      {
        BatchSize: copyQueue.batchSize,
        EventSourceArn: { "Fn::GetAtt": [working[0]?.id, "Arn"] },
        FunctionName: { Ref: expect.stringMatching(/mailboxworker/) },
        FunctionResponseTypes: ["ReportBatchItemFailures"],
        ScalingConfig: { MaximumConcurrency: 20 },
      },
    ]);
  });

  it("outwaits its worker six times over, as AWS asks", () => {
    expect(copyQueue.visibilityTimeoutSeconds).toBeGreaterThanOrEqual(6 * copyQueue.workerTimeoutSeconds);
  });
});

describe("alarms", () => {
  it("each name a runbook entry that is there, with all its parts", async () => {
    const runbook = await readFile(join(import.meta.dirname, "../../infra/RUNBOOK.md"), "utf8");
    const entries = new Map(
      runbook
        .split(/^## /m)
        .slice(1)
        .map((entry) => [entry.slice(0, entry.indexOf("\n")), entry]),
    );
    const named = alarms.map(
      ({ properties }) => z.string().parse(properties.AlarmDescription).split("#").at(-1) ?? "",
    );
    expect(named.sort()).toEqual([...runbookEntries].sort());
    for (const name of runbookEntries) {
      for (const part of ["### Description", "### Investigation", "### Resolution"]) {
        expect(entries.get(name)).toContain(part);
      }
    }
  });

  it("reach the topic and may publish there", () => {
    const [policy] = resourcesOf(template, "AWS::SNS::TopicPolicy");
    expect(policy?.properties.PolicyDocument).toMatchObject({
      Statement: expect.arrayContaining([
        expect.objectContaining({
          Effect: "Allow",
          Principal: { Service: "cloudwatch.amazonaws.com" },
          Action: "sns:Publish",
          Condition: { StringEquals: { "aws:SourceAccount": { Ref: "AWS::AccountId" } } },
        }),
      ]),
    });
  });

  it("are mailed to whom the settings name", async () => {
    const told = await synthesised({ alarmEmail: "ops@yunfan.example" });
    expect(resourcesOf(told.template, "AWS::SNS::Topic")[0]?.properties.Subscription).toEqual([
      { Endpoint: "ops@yunfan.example", Protocol: "email" },
    ]);
  });
});
