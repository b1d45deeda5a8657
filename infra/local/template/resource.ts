import { z } from "zod";
import { tableProperties } from "./properties/dynamodb.ts";
import { eventBusProperties, ruleProperties } from "./properties/events.ts";
import {
  httpApiProperties,
  integrationProperties,
  routeProperties,
  stageProperties,
} from "./properties/http-api.ts";
import { aliasProperties, keyProperties } from "./properties/kms.ts";
import {
  eventInvokeProperties,
  eventSourceMappingProperties,
  functionProperties,
} from "./properties/lambda.ts";
import { bucketProperties } from "./properties/s3.ts";
import {
  configurationSetProperties,
  emailIdentityProperties,
  eventDestinationProperties,
} from "./properties/ses.ts";
import { queueProperties } from "./properties/sqs.ts";
import { stateMachineProperties } from "./properties/states.ts";

/** What of each provisioned type is honoured: an unknown property is a problem, never silently dropped. */
export const resourceShape = z.discriminatedUnion("type", [
  z.object({ type: z.literal("AWS::DynamoDB::Table"), properties: tableProperties }),
  z.object({ type: z.literal("AWS::SQS::Queue"), properties: queueProperties }),
  z.object({ type: z.literal("AWS::S3::Bucket"), properties: bucketProperties }),
  z.object({ type: z.literal("AWS::Lambda::Function"), properties: functionProperties }),
  z.object({ type: z.literal("AWS::Lambda::EventSourceMapping"), properties: eventSourceMappingProperties }),
  z.object({ type: z.literal("AWS::Lambda::EventInvokeConfig"), properties: eventInvokeProperties }),
  z.object({ type: z.literal("AWS::StepFunctions::StateMachine"), properties: stateMachineProperties }),
  z.object({ type: z.literal("AWS::Events::EventBus"), properties: eventBusProperties }),
  z.object({ type: z.literal("AWS::Events::Rule"), properties: ruleProperties }),
  z.object({ type: z.literal("AWS::KMS::Key"), properties: keyProperties }),
  z.object({ type: z.literal("AWS::KMS::Alias"), properties: aliasProperties }),
  z.object({ type: z.literal("AWS::ApiGatewayV2::Api"), properties: httpApiProperties }),
  z.object({ type: z.literal("AWS::ApiGatewayV2::Integration"), properties: integrationProperties }),
  z.object({ type: z.literal("AWS::ApiGatewayV2::Route"), properties: routeProperties }),
  z.object({ type: z.literal("AWS::ApiGatewayV2::Stage"), properties: stageProperties }),
  z.object({ type: z.literal("AWS::SES::EmailIdentity"), properties: emailIdentityProperties }),
  z.object({ type: z.literal("AWS::SES::ConfigurationSet"), properties: configurationSetProperties }),
  z.object({
    type: z.literal("AWS::SES::ConfigurationSetEventDestination"),
    properties: eventDestinationProperties,
  }),
]);

export type ResourceShape = z.output<typeof resourceShape>;

/** A resource ready to be made: everything resolved, its name and ARN known. */
export type Resource = ResourceShape & {
  readonly logicalId: string;
  readonly identity: Identity;
};

/** What the rest of a template can ask about a resource, and what it is called on this machine. */
export interface Identity {
  readonly name: string;
  readonly arn: string;
  /** What `Ref` yields. */
  readonly reference: string;
  /** What `Fn::GetAtt` yields. */
  readonly attributes: Readonly<Record<string, string>>;
}
