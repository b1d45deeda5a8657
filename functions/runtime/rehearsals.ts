import { Readable } from "node:stream";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { KMSClient } from "@aws-sdk/client-kms";
import { S3Client } from "@aws-sdk/client-s3";
import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { SFNClient } from "@aws-sdk/client-sfn";
import { SQSClient } from "@aws-sdk/client-sqs";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { z } from "zod";
import { StateTable } from "../adapters/dynamodb/state-table.ts";
import { kmsKeyService } from "../adapters/kms/key-service.ts";
import { s3ObjectStore } from "../adapters/s3/object-store.ts";
import { secretsManagerStore } from "../adapters/secrets-manager/secret-store.ts";
import { retryAfter } from "../adapters/sqs/retry-after.ts";
import { sendAll } from "../adapters/sqs/send-all.ts";
import { stepFunctionsWorkflow } from "../adapters/step-functions/workflow.ts";
import { systemClock } from "./composition.ts";

/*
 * What a function does with its table, its bucket, its queue and the other services, done once with nobody at the other end, while its
 * environment comes up: the first request of each kind takes several times as long as the next, because all the code on the way is new.
 * Nothing is sent; so it needs no permission and leaves no trace. Nothing is to be learned from it either.
 */

/** Reads and writes of single records, and a page of them. */
export const rehearseTable = async (): Promise<void> => {
  const table = unsentTable();
  await table.get(place, Nothing);
  await table.page({ pk: place.pk, prefix: place.sk }, Nothing, 1);
  await table.put(place, {});
  await table.replace(place, {}, {});
};

/** Many records written at once. */
export const rehearseBatches = async (): Promise<void> => {
  const table = unsentTable();
  await table.putAll([{ key: place, record: {} }]);
  await table.createAll([{ key: place, record: {}, extras: {} }]);
};

/** An object read and written. */
export const rehearseObjects = async (): Promise<void> => {
  const client = new S3Client({ requestHandler: nobody({}), forcePathStyle: true });
  const objects = s3ObjectStore(client, place.pk);
  await objects.write(place.sk, new Uint8Array(1), "application/json");
  await objects.read(place.sk, 1_024);
};

/** A message put on a queue. */
export const rehearseQueue = async (url: string): Promise<void> => {
  const client = new SQSClient({ requestHandler: nobody({}) });
  await sendAll(client, { name: place.pk, url }, [
    { MessageBody: "", MessageGroupId: place.pk, MessageDeduplicationId: place.sk },
  ]);
};

/** A message of a queue held for longer. */
export const rehearseHold = async (url: string): Promise<void> => {
  await retryAfter(new SQSClient({ requestHandler: nobody({}) }), url, place.sk, 1);
};

/** A data key made, and one opened. */
export const rehearseKeys = async (): Promise<void> => {
  const key = Buffer.alloc(32).toString("base64");
  const client = new KMSClient({ requestHandler: nobody({ Plaintext: key, CiphertextBlob: key }) });
  const keys = kmsKeyService(client, place.pk);
  await keys.generate(place);
  await keys.open(new Uint8Array(1), place);
};

/** A secret of the settings read. */
export const rehearseSecrets = async (): Promise<void> => {
  const client = new SecretsManagerClient({ requestHandler: nobody({ SecretString: place.sk }) });
  await secretsManagerStore(client, systemClock).read({ secretArn: place.pk });
};

/** A wait of the workflow ended. */
export const rehearseWorkflow = async (): Promise<void> => {
  await stepFunctionsWorkflow(new SFNClient({ requestHandler: nobody({}) })).succeed(place.pk);
};

const place = { pk: "nothing", sk: "nothing" } as const;

const Nothing = z.object({});

const unsentTable = (): StateTable => {
  const item = { pk: { S: place.pk }, sk: { S: place.sk }, record: { M: {} } };
  const client = new DynamoDBClient({
    requestHandler: nobody({ Item: item, Items: [item], Count: 1, Responses: [{}] }),
  });
  return new StateTable(DynamoDBDocumentClient.from(client), place.pk);
};

/** Takes a request to nobody and answers it all the same. */
const nobody = (answer: object) => ({
  handle: async () => ({
    response: { statusCode: 200, headers: {}, body: Readable.from([Buffer.from(JSON.stringify(answer))]) },
  }),
});
