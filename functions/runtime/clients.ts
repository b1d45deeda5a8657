import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { EventBridgeClient } from "@aws-sdk/client-eventbridge";
import { KMSClient } from "@aws-sdk/client-kms";
import { LambdaClient } from "@aws-sdk/client-lambda";
import { S3Client } from "@aws-sdk/client-s3";
import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { SESv2Client } from "@aws-sdk/client-sesv2";
import { SFNClient } from "@aws-sdk/client-sfn";
import { SQSClient } from "@aws-sdk/client-sqs";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";

/*
 * The AWS clients of one process, each made when first asked for. Region, credentials and endpoint come from the environment
 * that Lambda (or the local cloud) gives the process, so a function never knows where it runs. They are exported one by
 * one and marked as pure, so that a bundle holds only the clients its function uses.
 */

export const dynamodb = /* @__PURE__ */ once(() => {
  const client = new DynamoDBClient({});
  // It walks through every item for a log that nobody keeps, which is a twentieth of what an import takes.
  client.middlewareStack.remove("loggerMiddleware");
  return DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } });
});
export const sqs = /* @__PURE__ */ once(() => new SQSClient({}));
/** Path style, because a bucket's own host name does not resolve to an endpoint given by address. */
export const s3 = /* @__PURE__ */ once(() => new S3Client({ forcePathStyle: true }));
export const kms = /* @__PURE__ */ once(() => new KMSClient({}));
export const lambda = /* @__PURE__ */ once(() => new LambdaClient({}));
export const stepFunctions = /* @__PURE__ */ once(() => new SFNClient({}));
export const eventBridge = /* @__PURE__ */ once(() => new EventBridgeClient({}));
/** One attempt: a request made again because its answer was lost would send a mail twice. */
export const ses = /* @__PURE__ */ once(() => new SESv2Client({ maxAttempts: 1 }));
export const secretsManager = /* @__PURE__ */ once(() => new SecretsManagerClient({}));

function once<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => {
    made ??= make();
    return made;
  };
}
