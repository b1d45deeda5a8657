import { Stack, Validations } from "aws-cdk-lib";
import { PolicyStatement, Role, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import { AwsSolutionsChecks } from "cdk-nag";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { stackName } from "../../shared/contract/environment.ts";
import { stubbedApp } from "./support/synthesised.ts";

const findingsIn = (stack: Stack) =>
  new AwsSolutionsChecks()
    .validateScope(stack)
    .violations.map(({ ruleName, violatingResources }) => [
      ruleName,
      violatingResources.map(({ constructPath }) => constructPath),
    ]);

const mailferry = async (settings?: object): Promise<Stack> => {
  const stack = (await stubbedApp(settings)).node.findChild(stackName);
  if (!Stack.isStack(stack)) throw new Error("The app has no stack.");
  return stack;
};

describe("cdk-nag's AwsSolutions pack", () => {
  it("finds nothing that is not acknowledged", async () => {
    expect(findingsIn(await mailferry())).toEqual([]);
    const fixedAddress = {
      subnetIds: ["subnet-0123456789abcdef0"],
      securityGroupIds: ["sg-0123456789abcdef0"],
    };
    expect(findingsIn(await mailferry({ fixedAddress }))).toEqual([]);
  });

  it("would find a permission that is too wide", async () => {
    const stack = await mailferry();
    const role = new Role(stack, "TooWide", { assumedBy: new ServicePrincipal("lambda.amazonaws.com") });
    role.addToPolicy(new PolicyStatement({ actions: ["s3:*"], resources: ["*"] }));
    expect(findingsIn(stack).map(([rule]) => rule)).toEqual([
      "AwsSolutions-IAM5[Action::s3:*]",
      "AwsSolutions-IAM5[Resource::*]",
    ]);
  });

  it("is acknowledged only with a reason, and never for the whole stack", async () => {
    const stack = await mailferry();
    const acknowledged = stack.node
      .findAll()
      .flatMap(({ node }) =>
        node.metadata
          .filter(({ type }) => type === Validations.ACKNOWLEDGED_RULES_METADATA_KEY)
          .map(({ data }) => ({ path: node.path, reasons: Object.values(Reasons.parse(data)) })),
      );
    expect(acknowledged).not.toEqual([]);
    expect(acknowledged.map(({ path }) => path)).not.toContain(stackName);
    const tooShort = acknowledged
      .flatMap(({ reasons }) => reasons)
      .filter((reason) => reason.split(" ").length < 6);
    expect(tooShort).toEqual([]);
  });
});

const Reasons = z.record(z.string(), z.string());
