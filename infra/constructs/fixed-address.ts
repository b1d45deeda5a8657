import { ArnFormat } from "aws-cdk-lib";
import { Effect, PolicyStatement } from "aws-cdk-lib/aws-iam";
import { CfnFunction } from "aws-cdk-lib/aws-lambda";
import type { FunctionName } from "../../shared/contract/environment.ts";
import type { DeploySettings } from "../settings.ts";
import { acknowledge } from "./acknowledge.ts";
import type { MailferryFunction } from "./mailferry-function.ts";

/**
 * Puts a function into the subnets of the settings, whose way to the internet is a NAT gateway with an Elastic IP: the one address
 * that WeCom is told to trust. Without the setting the function lies in no VPC and calls from whatever address Lambda has.
 */
export const giveFixedAddress = (
  placed: MailferryFunction<FunctionName>,
  { fixedAddress }: Pick<DeploySettings, "fixedAddress">,
): void => {
  if (fixedAddress === undefined) return;
  const resource = placed.node.defaultChild;
  if (!(resource instanceof CfnFunction)) throw new Error(`${placed.node.path} is no CfnFunction.`);
  // By id, because looking the VPC up would need an account to synthesise.
  resource.vpcConfig = { ...fixedAddress };
  placed.addToRolePolicy(new PolicyStatement({ actions: networkActions, resources: ["*"] }));
  denyToOwnCode(placed, resource.functionName);
  acknowledge(
    placed.executionRole,
    "AwsSolutions-IAM5[Resource::*]",
    "A network interface of Lambda's has no ARN before Lambda has made it (Lambda developer guide, VPC execution role permissions).",
  );
};

/**
 * Lambda uses the role to attach the function, the function's own code never does; without this it could take the network
 * interfaces of others away (Lambda developer guide, the same page, "Security best practices"). The ARN by name, because the function
 * waits for its role's policy.
 */
const denyToOwnCode = (placed: MailferryFunction<FunctionName>, functionName: string | undefined): void => {
  if (functionName === undefined) throw new Error(`${placed.node.path} has no name.`);
  const arnFormat = ArnFormat.COLON_RESOURCE_NAME;
  const arn = placed.stack.formatArn({
    service: "lambda",
    resource: "function",
    resourceName: functionName,
    arnFormat,
  });
  placed.addToRolePolicy(
    new PolicyStatement({
      effect: Effect.DENY,
      actions: networkActions,
      resources: ["*"],
      conditions: { ArnEquals: { "lambda:SourceFunctionArn": arn } },
    }),
  );
};

/** What Lambda needs to attach a function to a VPC; none of it knows a resource before there is one (Lambda developer guide, "Giving Lambda functions access to resources in an Amazon VPC"). */
const networkActions = [
  "ec2:AssignPrivateIpAddresses",
  "ec2:CreateNetworkInterface",
  "ec2:DeleteNetworkInterface",
  "ec2:DescribeNetworkInterfaces",
  "ec2:DescribeSubnets",
  "ec2:UnassignPrivateIpAddresses",
];
