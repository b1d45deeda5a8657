import { CfnElement, Stack, Validations } from "aws-cdk-lib";
import type { IConstruct } from "constructs";

/** A rule of cdk-nag's AwsSolutions pack; rules with several findings name the one that is meant in brackets. */
export type NagFinding =
  | `AwsSolutions-${Uppercase<string>}`
  | `AwsSolutions-IAM5[Resource::${string}]`
  | `AwsSolutions-IAM5[Action::${string}]`;

/** Accepts one finding on one construct. The reason is for whoever audits the stack: why it is right here. */
export const acknowledge = (construct: IConstruct, id: NagFinding, reason: string): void =>
  Validations.of(construct).acknowledge({ id, reason });

/** How cdk-nag writes an attribute of a resource of this stack inside a finding: `<LogicalId.Arn>`. */
export const arnInFinding = (resource: IConstruct): string => {
  const element = resource.node.defaultChild;
  if (!CfnElement.isCfnElement(element)) throw new Error(`${resource.node.path} is no single resource.`);
  return `<${Stack.of(resource).getLogicalId(element)}.Arn>`;
};
