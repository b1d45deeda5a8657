import { assetCode, type FixtureStack } from "./stack-assembly.ts";

/** The functions of {@link fixtureStack}; they speak to the cloud as a deployed function would, by SDK and environment only. */
const code = {
  echo: `
    console.log("loaded");
    export const handler = async (event, context) => {
      switch (event.do) {
        case "environment": return { ...process.env };
        case "context": return { ...context, left: context.getRemainingTimeInMillis() };
        case "throw": throw Object.assign(new Error("the words"), { name: "SourceRefused" });
        case "throw a text": throw "just a text";
        case "hang": return new Promise((resolve) => setTimeout(resolve, 60_000));
        case "exit": return process.exit(3);
        case "reject": Promise.reject(new Error("nobody waits")); return new Promise(() => {});
        case "eat": { const eaten = []; for (;;) eaten.push(new Array(100_000).fill(eaten.length)); }
        case "say": console.log("said to the log"); return null;
        case "nothing": return undefined;
        default: globalThis.count = (globalThis.count ?? 0) + 1; return { event, count: globalThis.count };
      }
    };`,
  /** Appends a line to a file for each message, and fails those whose body says so. */
  worker: `
    import { appendFileSync } from "node:fs";
    const note = (line) => appendFileSync(process.env.NOTES, JSON.stringify(line) + "\\n");
    export const handler = async ({ Records }) => {
      const failures = [];
      for (const { messageId, body, attributes } of Records) {
        const group = attributes.MessageGroupId;
        note({ at: "start", body, group, batch: Records.length, count: Number(attributes.ApproximateReceiveCount) });
        if (body.startsWith("slow")) await new Promise((resolve) => setTimeout(resolve, 100));
        if (body.startsWith("stuck")) await new Promise((resolve) => setTimeout(resolve, 60_000));
        if (body.startsWith("bad")) failures.push({ itemIdentifier: messageId });
        note({ at: "end", body, group });
      }
      return { batchItemFailures: failures };
    };`,
  listener: `
    import { appendFileSync } from "node:fs";
    export const handler = async (event) => {
      appendFileSync(process.env.NOTES, JSON.stringify({ at: "event", event }) + "\\n");
      if (event.detail?.object?.key?.includes("bad")) throw new Error("cannot read it");
    };`,
};

const lambda = (asset: keyof typeof code, properties: Readonly<Record<string, string | number>> = {}) => ({
  Type: "AWS::Lambda::Function",
  Properties: { Runtime: "nodejs24.x", Handler: "index.handler", Code: assetCode(asset), ...properties },
});

/** A small stack with one of everything; functions write what they saw to `notes`. */
export const fixtureStack = (notes: string): FixtureStack => {
  const environment = { Environment: { Variables: { NOTES: notes } } };
  const worker = lambda("worker", { Timeout: 30, MemorySize: 256 });
  const listener = lambda("listener");
  return {
    code,
    resources: {
      Echo: lambda("echo", { Timeout: 2, FunctionName: "echo" }),
      Worker: { ...worker, Properties: { ...worker.Properties, ...environment } },
      Listener: { ...listener, Properties: { ...listener.Properties, ...environment } },
      Jobs: {
        Type: "AWS::SQS::Queue",
        Properties: {
          FifoQueue: true,
          ContentBasedDeduplication: true,
          VisibilityTimeout: 1,
          RedrivePolicy: { deadLetterTargetArn: { "Fn::GetAtt": ["Dead", "Arn"] }, maxReceiveCount: 2 },
        },
      },
      Dead: { Type: "AWS::SQS::Queue", Properties: { FifoQueue: true } },
      Slow: { Type: "AWS::SQS::Queue", Properties: { VisibilityTimeout: 3_600 } },
      GivenUp: { Type: "AWS::SQS::Queue" },
      Polling: {
        Type: "AWS::Lambda::EventSourceMapping",
        Properties: {
          EventSourceArn: { "Fn::GetAtt": ["Jobs", "Arn"] },
          FunctionName: { Ref: "Worker" },
          BatchSize: 5,
          FunctionResponseTypes: ["ReportBatchItemFailures"],
        },
      },
      PollingSlowly: {
        Type: "AWS::Lambda::EventSourceMapping",
        Properties: {
          EventSourceArn: { "Fn::GetAtt": ["Slow", "Arn"] },
          FunctionName: { "Fn::GetAtt": ["Worker", "Arn"] },
          BatchSize: 1,
        },
      },
      Table: {
        Type: "AWS::DynamoDB::Table",
        Properties: {
          BillingMode: "PAY_PER_REQUEST",
          KeySchema: [{ AttributeName: "pk", KeyType: "HASH" }],
          AttributeDefinitions: [
            { AttributeName: "pk", AttributeType: "S" },
            { AttributeName: "kind", AttributeType: "S" },
          ],
          GlobalSecondaryIndexes: [
            {
              IndexName: "byKind",
              KeySchema: [{ AttributeName: "kind", KeyType: "HASH" }],
              Projection: { ProjectionType: "ALL" },
            },
          ],
        },
      },
      Uploads: {
        Type: "AWS::S3::Bucket",
        Properties: {
          VersioningConfiguration: { Status: "Enabled" },
          NotificationConfiguration: { EventBridgeConfiguration: { EventBridgeEnabled: true } },
        },
      },
      Plain: { Type: "AWS::S3::Bucket" },
      Uploaded: {
        Type: "AWS::Events::Rule",
        Properties: {
          EventPattern: { source: ["aws.s3"], detail: { bucket: { name: [{ Ref: "Uploads" }] } } },
          Targets: [{ Id: "Listener", Arn: { "Fn::GetAtt": ["Listener", "Arn"] } }],
        },
      },
      ListenerPolicy: {
        Type: "AWS::Lambda::EventInvokeConfig",
        Properties: {
          FunctionName: { Ref: "Listener" },
          Qualifier: "$LATEST",
          MaximumRetryAttempts: 1,
          DestinationConfig: { OnFailure: { Destination: { "Fn::GetAtt": ["GivenUp", "Arn"] } } },
        },
      },
    },
    outputs: {
      JobsUrl: { Value: { Ref: "Jobs" } },
      DeadUrl: { Value: { Ref: "Dead" } },
      SlowUrl: { Value: { Ref: "Slow" } },
      GivenUpUrl: { Value: { Ref: "GivenUp" } },
      TableName: { Value: { Ref: "Table" } },
      UploadsName: { Value: { Ref: "Uploads" } },
      PlainName: { Value: { Ref: "Plain" } },
      ListenerName: { Value: { Ref: "Listener" } },
    },
  };
};
