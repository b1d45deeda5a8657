import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { create } from "dynalite/db/index.js";
import { z } from "zod";
import type { Metering } from "../../metering.ts";
import { localAccountId } from "../../template/environment.ts";
import type { TableProperties } from "../../template/properties/dynamodb.ts";
import type { LocalService, ServiceAnswer, ServiceRequest } from "../service.ts";
import { createTableAction, dynaliteActions } from "./actions.ts";
import { perform, Refusal } from "./perform.ts";

/** DynamoDB, and the making of its tables. */
export interface LocalDynamoDb extends LocalService {
  /** Makes the table unless it is there. @throws {TableChanged} when it is there with other keys or indexes. */
  createTable(name: string, properties: TableProperties): Promise<void>;
}

/** The data directory was made by a template whose table had other keys; nothing is converted silently. */
export class TableChanged extends Error {
  override readonly name = "TableChanged";
}

/**
 * DynamoDB from dynalite's storage and operations, without its HTTP server: no second listener, and a fault in it is an
 * answer instead of the end of the process.
 */
export const openDynamoDb = async (options: {
  readonly dataDir: string;
  readonly region: string;
  readonly metering: Metering;
}): Promise<LocalDynamoDb> => {
  const path = join(options.dataDir, "dynamodb");
  await mkdir(path, { recursive: true, mode: 0o700 });
  const store = create({ path, createTableMs: 0, updateTableMs: 0, deleteTableMs: 0 });
  await store.db.open();
  store.tableDb.awsRegion = options.region;
  store.tableDb.awsAccountId = localAccountId;

  return {
    signingName: "dynamodb",
    answer: (request) =>
      answering(async () => {
        const name = request.headers["x-amz-target"]?.split(".")[1] ?? "";
        const action = Object.hasOwn(dynaliteActions, name) ? dynaliteActions[name] : undefined;
        if (action === undefined) {
          throw new Refusal("UnknownOperationException", `${name} is not served by the local DynamoDB`);
        }
        return perform(store, action, bodyOf(request), options.metering);
      }),
    createTable: async (name, properties) => {
      const wanted = { ...properties, TableName: name };
      try {
        await perform(store, createTableAction, wanted, options.metering);
      } catch (thrown) {
        if (!(thrown instanceof Refusal) || thrown.type !== "ResourceInUseException") {
          throw thrown;
        }
        const description = await perform(
          store,
          dynaliteActions.DescribeTable ?? createTableAction,
          { TableName: name },
          options.metering,
        );
        requireSameShape(name, properties, tableDescription.parse(description).Table);
      }
    },
    stop: () =>
      new Promise((resolve, reject) => {
        store.lifecycleManager.gracefulClose((problem) => (problem === null ? resolve() : reject(problem)));
      }),
  };
};

const keySchema = z.array(z.object({ AttributeName: z.string(), KeyType: z.string() }));
const tableShape = z.object({
  KeySchema: keySchema,
  GlobalSecondaryIndexes: z
    .array(z.object({ IndexName: z.string(), KeySchema: keySchema }))
    .default([])
    .transform((indexes) => indexes.toSorted((a, b) => a.IndexName.localeCompare(b.IndexName))),
});
const tableDescription = z.object({ Table: z.json() });

const requireSameShape = (name: string, wanted: TableProperties, present: unknown): void => {
  const before = JSON.stringify(tableShape.parse(present));
  const after = JSON.stringify(tableShape.parse(wanted));
  if (before !== after) {
    throw new TableChanged(
      `The table ${name} in this data directory has the keys ${before}, the template wants ${after}. Use a new data directory.`,
    );
  }
};

const bodyOf = ({ body }: ServiceRequest): object => {
  try {
    return z.record(z.string(), z.json()).parse(JSON.parse(body.toString("utf8")));
  } catch {
    throw new Refusal("SerializationException", "the body is not a JSON object");
  }
};

const contentType = { "content-type": "application/x-amz-json-1.0" };

const answering = async (work: () => Promise<unknown>): Promise<ServiceAnswer> => {
  try {
    return { status: 200, headers: contentType, body: JSON.stringify(await work()) };
  } catch (thrown) {
    const refusal =
      thrown instanceof Refusal ? thrown : new Refusal("InternalServerError", String(thrown), 500);
    return { status: refusal.status, headers: contentType, body: JSON.stringify(refusal.body) };
  }
};
