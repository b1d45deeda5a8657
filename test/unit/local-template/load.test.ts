import { describe, expect, it } from "vitest";
import type { TemplateDocument } from "../../../infra/local/template/document.ts";
import { loadStack } from "../../../infra/local/template/load.ts";
import { TemplateUnsupported } from "../../../infra/local/template/problems.ts";
import { assetCode, templateWith } from "../../support/stack-assembly.ts";

const load = (sections: Partial<TemplateDocument>, endpoint = "http://127.0.0.1:4000") =>
  loadStack(
    {
      stackName: "Fixture",
      template: templateWith(sections),
      codeDirectory: (key) => (key === "present.zip" ? "/code" : undefined),
    },
    { stackName: "Fixture", region: "eu-central-1", endpoint, httpApiEndpoint: "http://127.0.0.1:4567" },
  );

const resource = (Type: string, Properties: TemplateDocument["Resources"][string]["Properties"] = {}) => ({
  Type,
  Properties,
  DependsOn: [],
});

const problemsOf = (sections: Partial<TemplateDocument>): string[] => {
  try {
    load(sections);
    return [];
  } catch (thrown) {
    if (!(thrown instanceof TemplateUnsupported)) {
      throw thrown;
    }
    return thrown.problems.map(({ path, reason }) => `${path}: ${reason}`);
  }
};

describe("loading a stack", () => {
  it("gives resources their names, ARNs and the queue URL of this machine", () => {
    const { outputs, resources } = load({
      Resources: {
        Jobs: resource("AWS::SQS::Queue", { FifoQueue: true }),
        Uploads: resource("AWS::S3::Bucket"),
        Machine: resource("AWS::StepFunctions::StateMachine", {
          DefinitionString: { "Fn::Join": ["", ['{"url":"', { Ref: "Jobs" }, '"}']] },
          RoleArn: { "Fn::GetAtt": ["Role", "Arn"] },
        }),
        Role: resource("AWS::IAM::Role", { Anything: { "Fn::Unheard": [] } }),
      },
      Outputs: {
        Url: { Value: { Ref: "Jobs" } },
        Arn: { Value: { "Fn::GetAtt": ["Jobs", "Arn"] } },
        Bucket: { Value: { Ref: "Uploads" } },
        Machine: { Value: { Ref: "Machine" } },
      },
    });
    expect(outputs).toStrictEqual({
      Url: "http://127.0.0.1:4000/000000000000/Fixture-Jobs.fifo",
      Arn: "arn:aws:sqs:eu-central-1:000000000000:Fixture-Jobs.fifo",
      Bucket: "fixture-uploads",
      Machine: "arn:aws:states:eu-central-1:000000000000:stateMachine:Fixture-Machine",
    });
    const machine = resources.find(({ type }) => type === "AWS::StepFunctions::StateMachine");
    expect(machine?.properties).toMatchObject({
      DefinitionString: '{"url":"http://127.0.0.1:4000/000000000000/Fixture-Jobs.fifo"}',
    });
  });

  it("leaves out what hangs on a condition that does not hold", () => {
    const { resources } = load({
      Conditions: {
        InChina: { "Fn::Equals": [{ Ref: "AWS::Region" }, "cn-north-1"] },
        Elsewhere: { "Fn::Not": [{ Condition: "InChina" }] },
      },
      Resources: {
        A: { ...resource("AWS::S3::Bucket"), Condition: "InChina" },
        B: { ...resource("AWS::S3::Bucket"), Condition: "Elsewhere" },
      },
    });
    expect(resources.map(({ logicalId }) => logicalId)).toStrictEqual(["B"]);
  });

  it("takes the default of a parameter, but none that only AWS could look up", () => {
    const Resources = { A: resource("AWS::S3::Bucket", { BucketName: { Ref: "Name" } }) };
    const { resources } = load({ Parameters: { Name: { Type: "String", Default: "mine" } }, Resources });
    expect(resources[0]?.identity.name).toBe("mine");
    expect(
      problemsOf({
        Parameters: { Name: { Type: "AWS::SSM::Parameter::Value<String>", Default: "/name" } },
        Resources,
      }),
    ).toStrictEqual(["Resources.A.Properties.BucketName.Ref: Name is not known here"]);
  });

  it("lists everything it does not support at once, with logical id and property path", () => {
    expect(
      problemsOf({
        Resources: {
          Web: resource("AWS::EC2::Instance"),
          Jobs: resource("AWS::SQS::Queue", {
            RedrivePolicy: { deadLetterTargetArn: { Ref: "Web" }, maxReceiveCount: "many" },
          }),
          Table: resource("AWS::DynamoDB::Table", {
            BillingMode: "PROVISIONED",
            KeySchema: [],
            AttributeDefinitions: [],
            StreamSpecification: {},
          }),
          Worker: resource("AWS::Lambda::Function", {
            Runtime: "nodejs24.x",
            Handler: "index.handler",
            Code: assetCode("absent"),
          }),
          Poll: resource("AWS::Lambda::EventSourceMapping", {
            EventSourceArn: { "Fn::ImportValue": "x" },
            FunctionName: "Worker",
          }),
          A: { ...resource("AWS::S3::Bucket"), DependsOn: ["B"] },
          B: { ...resource("AWS::S3::Bucket"), DependsOn: ["A"] },
        },
      }),
    ).toStrictEqual([
      "Resources.A: depends on itself through B",
      "Resources.B: depends on itself through A",
      "Resources.Web: the resource type AWS::EC2::Instance is not supported",
      'Resources.Table.Properties.BillingMode: Invalid input: expected "PAY_PER_REQUEST"',
      "Resources.Table.Properties.StreamSpecification: is not supported",
      "Resources.Worker.Properties.Code: its code is no directory of the assembly's asset manifest",
      "Resources.Poll.Properties.EventSourceArn: the intrinsic function Fn::ImportValue is not supported",
      "Resources.Poll.Properties.EventSourceArn: Invalid input: expected string, received undefined",
      "Resources.Jobs.Properties.RedrivePolicy.maxReceiveCount: Invalid input",
    ]);
  });

  it("reads over the properties that are inert and takes numbers written as texts", () => {
    const { resources } = load({
      Resources: {
        Worker: resource("AWS::Lambda::Function", {
          Runtime: "nodejs24.x",
          Handler: "index.handler",
          Code: assetCode("present"),
          Role: { "Fn::Unheard": [] },
          Timeout: "7",
        }),
      },
    });
    expect(resources[0]?.properties).toMatchObject({ Timeout: 7, MemorySize: 128 });
    expect(resources[0]?.properties).not.toHaveProperty("Role");
  });
});
