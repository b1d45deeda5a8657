import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { EventBridgeClient } from "@aws-sdk/client-eventbridge";
import { KMSClient } from "@aws-sdk/client-kms";
import { S3Client } from "@aws-sdk/client-s3";
import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { SFNClient } from "@aws-sdk/client-sfn";
import { SQSClient } from "@aws-sdk/client-sqs";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";

/**
 * The AWS clients of one process, made when first asked for. Region, credentials and endpoint come from the environment
 * that Lambda (or the local cloud) gives the process, so a function never knows where it runs.
 */
export const clients = {
  dynamodb: once(() =>
    DynamoDBDocumentClient.from(new DynamoDBClient({}), { marshallOptions: { removeUndefinedValues: true } }),
  ),
  sqs: once(() => new SQSClient({})),
  // Path style, because a bucket's own host name does not resolve to an endpoint given by address.
  s3: once(() => new S3Client({ forcePathStyle: true })),
  kms: once(() => new KMSClient({})),
  stepFunctions: once(() => new SFNClient({})),
  eventBridge: once(() => new EventBridgeClient({})),
  secretsManager: once(() => new SecretsManagerClient({})),
} as const;

function once<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => {
    made ??= make();
    return made;
  };
}
