import { Readable } from "node:stream";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { S3Client } from "@aws-sdk/client-s3";
import { SQSClient } from "@aws-sdk/client-sqs";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { z } from "zod";
import { StateTable } from "../adapters/dynamodb/state-table.ts";
import { s3ObjectStore } from "../adapters/s3/object-store.ts";
import { sendAll } from "../adapters/sqs/send-all.ts";

/*
 * What a function does with its table, its bucket and its queue, done once with nobody at the other end, while its environment comes up:
 * the first request of each kind takes several times as long as the next, because all the code on the way is new. Nothing is
 * sent; so it needs no permission and leaves no trace. Nothing is to be learned from it either.
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
