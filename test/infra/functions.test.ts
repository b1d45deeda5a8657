import { App, Duration, Size, Stack } from "aws-cdk-lib";
import { Code } from "aws-cdk-lib/aws-lambda";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { functionNames } from "../../infra/bundle/function-names.ts";
import { MailferryFunction } from "../../infra/constructs/mailferry-function.ts";
import { readDeploySettings } from "../../infra/settings.ts";
import { environments } from "../../shared/contract/environment.ts";
import { copyQueue } from "../../shared/contract/queue.ts";
import { resourcesOf, synthesised } from "./support/synthesised.ts";

const { template, loaded } = await synthesised();

const NetworkPolicy = z.object({
  PolicyDocument: z.object({
    Statement: z.array(
      z.object({
        Effect: z.enum(["Allow", "Deny"]),
        Action: z.union([z.string().transform((action) => [action]), z.array(z.string())]),
        Condition: z.unknown().optional(),
      }),
    ),
  }),
});
const functions = new Map(
  loaded.resources.flatMap((resource) =>
    resource.type === "AWS::Lambda::Function" ? [[resource.identity.name, resource.properties] as const] : [],
  ),
);

describe("functions", () => {
  it("are all placed, and no others", () => {
    expect([...functions.keys()].sort()).toEqual(functionNames.map((name) => `mailferry-${name}`).sort());
  });

  it.each(functionNames)("%s finds in its environment exactly what its schema asks for", (name) => {
    const variables = functions.get(`mailferry-${name}`)?.Environment?.Variables;
    expect(environments[name].strict().safeParse(variables).error).toBeUndefined();
  });

  it("run on Node 24 on arm64, traced, and log JSON into a group that forgets", () => {
    for (const { properties } of resourcesOf(template, "AWS::Lambda::Function")) {
      expect(properties).toMatchObject({
        Runtime: "nodejs24.x",
        Architectures: ["arm64"],
        Handler: "index.handler",
        TracingConfig: { Mode: "Active" },
        LoggingConfig: { LogFormat: "JSON", LogGroup: { Ref: expect.any(String) } },
      });
      expect(properties.VpcConfig).toBeUndefined();
    }
    for (const { properties } of resourcesOf(template, "AWS::Logs::LogGroup")) {
      expect(properties.RetentionInDays).toBe(30);
    }
  });

  it("that call WeCom lie where the settings give them a fixed address, and no others do", async () => {
    const fixedAddress = {
      subnetIds: ["subnet-0123456789abcdef0"],
      securityGroupIds: ["sg-0123456789abcdef0"],
    };
    const placed = resourcesOf((await synthesised({ fixedAddress })).template, "AWS::Lambda::Function");
    const inside = placed.filter(({ properties }) => properties.VpcConfig !== undefined);
    expect(new Set(inside.map(({ properties }) => properties.FunctionName))).toEqual(
      new Set(["mailferry-read-directory", "mailferry-send-notice"]),
    );
    expect(inside[0]?.properties.VpcConfig).toEqual({
      SubnetIds: fixedAddress.subnetIds,
      SecurityGroupIds: fixedAddress.securityGroupIds,
    });
  });

  it("with a fixed address cannot use what Lambda itself needs for it", async () => {
    const fixedAddress = {
      subnetIds: ["subnet-0123456789abcdef0"],
      securityGroupIds: ["sg-0123456789abcdef0"],
    };
    const policies = resourcesOf((await synthesised({ fixedAddress })).template, "AWS::IAM::Policy");
    const statements = policies.flatMap(
      ({ properties }) => NetworkPolicy.parse(properties).PolicyDocument.Statement,
    );
    const network = statements.filter(({ Action }) => Action.includes("ec2:CreateNetworkInterface"));
    expect(network.map(({ Effect, Condition }) => [Effect, JSON.stringify(Condition)])).toEqual(
      ["read-directory", "send-notice"].flatMap((name) => [
        ["Allow", undefined],
        [
          "Deny",
          expect.stringMatching(
            new RegExp(`^."ArnEquals":."lambda:SourceFunctionArn":.+:function:mailferry-${name}"`),
          ),
        ],
      ]),
    );
    const networkActions = network.map(({ Action }) => Action.filter((action) => action.startsWith("ec2:")));
    expect(networkActions).toEqual(Array.from({ length: 4 }, () => networkActions[0]));
  });

  it("give the worker the time that the copy queue counts on", () => {
    expect(functions.get("mailferry-mailbox-worker")?.Timeout).toBe(copyQueue.workerTimeoutSeconds);
  });

  it("that are called asynchronously keep what they could not do", () => {
    const kept = resourcesOf(template, "AWS::Lambda::EventInvokeConfig").map(({ properties }) => properties);
    expect(kept.map(({ FunctionName }) => JSON.stringify(FunctionName))).toEqual([
      expect.stringMatching(/readdirectory/),
      expect.stringMatching(/importaccounts/),
      expect.stringMatching(/notebounce/),
      expect.stringMatching(/mxchange/),
      expect.stringMatching(/tick/),
    ]);
    for (const { DestinationConfig } of kept) {
      expect(JSON.stringify(DestinationConfig)).toMatch(/"OnFailure":.*DeadLetters/);
    }
  });

  it("cannot be placed without a variable that they need", () => {
    const scope = new Stack(new App(), "Types");
    const on = { code: () => Code.fromAsset(import.meta.dirname), settings: readDeploySettings({}) };
    const placed = new MailferryFunction(scope, on, {
      name: "tick",
      description: "",
      timeout: Duration.seconds(1),
      memory: Size.mebibytes(128),
      // @ts-expect-error The missing EVENT_BUS_NAME must not compile; should it ever, this line itself fails tsc.
      environment: { TABLE_NAME: "table", COPY_QUEUE_URL: "https://queue.example" },
    });
    expect(placed.functionName).toBeDefined();
  });
});
