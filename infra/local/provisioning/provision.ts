import type { LocalCredentials } from "../data-directory/data-directory.ts";
import type { StackAssembly } from "../template/assembly.ts";
import { substitutedDefinition } from "../template/properties/states.ts";
import type { Resource } from "../template/resource.ts";
import { deployedFunction } from "./deployed-function.ts";
import { queueSettings } from "./queue-settings.ts";
import type { Services } from "./services.ts";

export interface Provisioning {
  readonly services: Services;
  readonly codeDirectory: StackAssembly["codeDirectory"];
  readonly region: string;
  readonly endpoint: string;
  readonly credentials: LocalCredentials;
}

/**
 * Makes one resource of the stack, or finds it again in a data directory of an earlier boot. Event source mappings are
 * left out: they begin to work at once, and start when everything else is there. An HTTP API is its routes and its stage.
 */
export const provision = async (resource: Resource, provisioning: Provisioning): Promise<void> => {
  const { services } = provisioning;
  const { name, arn } = resource.identity;
  switch (resource.type) {
    case "AWS::DynamoDB::Table":
      await services.dynamodb.createTable(name, resource.properties);
      return;
    case "AWS::SQS::Queue":
      services.queues.declareQueue(queueSettings(resource.properties, resource.identity));
      return;
    case "AWS::S3::Bucket":
      services.s3.declareBucket({
        name,
        isVersioned: resource.properties.VersioningConfiguration?.Status === "Enabled",
        isAnnounced:
          resource.properties.NotificationConfiguration?.EventBridgeConfiguration?.EventBridgeEnabled ??
          false,
      });
      return;
    case "AWS::Lambda::Function":
      services.host.deploy(deployedFunction(resource.properties, resource.identity, provisioning));
      return;
    case "AWS::Lambda::EventInvokeConfig":
      services.eventInvokePolicies.set(services.host.find(resource.properties.FunctionName)?.name ?? "", {
        retries: resource.properties.MaximumRetryAttempts,
        maximumAgeSeconds: resource.properties.MaximumEventAgeInSeconds,
        onFailure: resource.properties.DestinationConfig?.OnFailure?.Destination,
      });
      return;
    case "AWS::StepFunctions::StateMachine":
      services.states.createStateMachine({
        arn,
        name,
        definition: substitutedDefinition(resource.properties),
        roleArn: resource.properties.RoleArn,
      });
      return;
    case "AWS::Events::EventBus":
      services.events.createEventBus({ name, arn });
      return;
    case "AWS::Events::Rule":
      services.events.createRule({ arn, properties: resource.properties });
      return;
    case "AWS::KMS::Key":
      services.kms.createKey({ keyId: name, arn });
      return;
    case "AWS::KMS::Alias":
      services.kms.createAlias({
        aliasName: resource.properties.AliasName,
        targetKeyId: resource.properties.TargetKeyId,
      });
      return;
    case "AWS::ApiGatewayV2::Integration":
      services.httpApi.createIntegration(name, resource.properties);
      return;
    case "AWS::ApiGatewayV2::Route":
      services.httpApi.createRoute(resource.properties);
      return;
    case "AWS::ApiGatewayV2::Stage":
      services.httpApi.createStage(resource.properties);
      return;
    case "AWS::SES::EmailIdentity":
      services.ses.createEmailIdentity(resource.properties.EmailIdentity);
      return;
    case "AWS::SES::ConfigurationSet":
      services.ses.createConfigurationSet(name);
      return;
    case "AWS::SES::ConfigurationSetEventDestination":
      services.ses.createEventDestination(resource.properties);
      return;
    case "AWS::ApiGatewayV2::Api":
    case "AWS::Lambda::EventSourceMapping":
  }
};
