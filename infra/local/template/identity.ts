import { createHash } from "node:crypto";
import { arnOf, localAccountId, type StackEnvironment } from "./environment.ts";
import type { Identity, ResourceShape } from "./resource.ts";

/**
 * Name, ARN and attributes of a resource, from nothing but its template: two boots give the same answer, so whatever was
 * stored under a name is found again. Unnamed resources get `<stack>-<logical id>`, as CloudFormation does without the
 * random tail.
 */
export const identify = (
  { type, properties }: ResourceShape,
  logicalId: string,
  environment: StackEnvironment,
): Identity => {
  const generated = `${environment.stackName}-${logicalId}`;
  switch (type) {
    case "AWS::DynamoDB::Table":
      return named(environment, "dynamodb", "table/", properties.TableName ?? generated);
    case "AWS::SQS::Queue":
      return queueIdentity(
        properties.QueueName ?? (properties.FifoQueue ? `${generated}.fifo` : generated),
        environment,
      );
    case "AWS::S3::Bucket":
      return bucketIdentity(properties.BucketName ?? generated.toLowerCase());
    case "AWS::Lambda::Function":
      return named(environment, "lambda", "function:", properties.FunctionName ?? generated);
    case "AWS::Lambda::EventSourceMapping":
      return named(environment, "lambda", "event-source-mapping:", uuidOf(generated));
    case "AWS::Lambda::EventInvokeConfig":
      return named(environment, "lambda", "event-invoke-config:", uuidOf(generated));
    case "AWS::StepFunctions::StateMachine": {
      const identity = named(
        environment,
        "states",
        "stateMachine:",
        properties.StateMachineName ?? generated,
      );
      return { ...identity, reference: identity.arn };
    }
    case "AWS::Events::EventBus":
      return named(environment, "events", "event-bus/", properties.Name);
    case "AWS::Events::Rule":
      return ruleIdentity(properties.Name ?? generated, properties.EventBusName, environment);
    case "AWS::KMS::Key": {
      const identity = named(environment, "kms", "key/", uuidOf(generated));
      return { ...identity, attributes: { ...identity.attributes, KeyId: identity.name } };
    }
    case "AWS::KMS::Alias":
      return named(environment, "kms", "", properties.AliasName);
    case "AWS::ApiGatewayV2::Api":
      return httpApiIdentity(shortIdOf(generated), environment);
    case "AWS::ApiGatewayV2::Integration":
    case "AWS::ApiGatewayV2::Route":
      return named(environment, "apigateway", "", shortIdOf(generated));
    case "AWS::ApiGatewayV2::Stage":
      return named(environment, "apigateway", `/apis/${properties.ApiId}/stages/`, properties.StageName);
    case "AWS::SES::EmailIdentity":
      return named(environment, "ses", "identity/", properties.EmailIdentity);
    case "AWS::SES::ConfigurationSet":
      return named(environment, "ses", "configuration-set/", properties.Name ?? generated);
    case "AWS::SES::ConfigurationSetEventDestination":
      return named(
        environment,
        "ses",
        `configuration-set/${properties.ConfigurationSetName}:event-destination/`,
        properties.EventDestination.Name ?? generated,
      );
  }
};

/** Enough of an identity for what is not made here but referred to: roles, log groups, topics. */
export const inertIdentity = (type: string, logicalId: string, environment: StackEnvironment): Identity => {
  const [, service = "", kind = ""] = type.split("::");
  const name = `${environment.stackName}-${logicalId}`;
  const identity = named(environment, service.toLowerCase(), `${kind.toLowerCase()}/`, name);
  return type === "AWS::SNS::Topic"
    ? {
        ...identity,
        reference: identity.arn,
        attributes: { TopicArn: identity.arn, TopicName: name },
      }
    : identity;
};

const named = (environment: StackEnvironment, service: string, prefix: string, name: string): Identity => {
  const arn = arnOf(environment, service, `${prefix}${name}`);
  return { name, arn, reference: name, attributes: { Arn: arn, Name: name } };
};

const queueIdentity = (name: string, environment: StackEnvironment): Identity => {
  const arn = arnOf(environment, "sqs", name);
  const url = `${environment.endpoint}/${localAccountId}/${name}`;
  return { name, arn, reference: url, attributes: { Arn: arn, QueueName: name, QueueUrl: url } };
};

const bucketIdentity = (name: string): Identity => {
  const arn = `arn:aws:s3:::${name}`;
  return { name, arn, reference: name, attributes: { Arn: arn } };
};

const ruleIdentity = (name: string, bus: string, environment: StackEnvironment): Identity => {
  const own = bus === "default" ? name : `${bus}/${name}`;
  const arn = arnOf(environment, "events", `rule/${own}`);
  return {
    name,
    arn,
    reference: bus === "default" ? name : `${bus}|${name}`,
    attributes: { Arn: arn },
  };
};

const httpApiIdentity = (id: string, environment: StackEnvironment): Identity => {
  const { arn } = named(environment, "apigateway", "/apis/", id);
  return {
    name: id,
    arn,
    reference: id,
    attributes: { ApiId: id, ApiEndpoint: environment.httpApiEndpoint },
  };
};

/** Ten characters, as API Gateway names APIs, integrations and routes. */
const shortIdOf = (text: string): string => createHash("sha256").update(text).digest("hex").slice(0, 10);

/** A stable UUID-shaped id for resources whose id AWS makes up. */
const uuidOf = (text: string): string => {
  const hex = createHash("sha256").update(text).digest("hex");
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `4${hex.slice(13, 16)}`,
    `8${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join("-");
};
