import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { create, type DynaliteStore } from "dynalite/db/index.js";
import type { Metering } from "../../metering.ts";
import { localAccountId } from "../../template/environment.ts";
import type { TableProperties } from "../../template/properties/dynamodb.ts";
import type { LocalService, ServiceAnswer, ServiceRequest } from "../service.ts";
import { dynaliteActions } from "./actions.ts";
import { ensureTable } from "./ensure-table.ts";
import { executeStatements } from "./execute-statements.ts";
import { perform, Refusal } from "./perform.ts";
import { queryByKey } from "./query-by-key.ts";
import { readAtOnce } from "./read-at-once.ts";
import { rememberTables } from "./table-record.ts";
import { WatchedItems } from "./watched-items.ts";
import { writeMany } from "./write-many.ts";

/** DynamoDB, and the making of its tables. */
export interface LocalDynamoDb extends LocalService {
  /** Makes the table unless it is there. @throws {TableChanged} when it is there with other keys or indexes. */
  createTable(name: string, properties: TableProperties): Promise<void>;
  /** For who waits in this process for an item to be written. */
  readonly watchedItems: Pick<WatchedItems, "watch">;
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
  readAtOnce(store);
  rememberTables(store);
  store.tableDb.awsRegion = options.region;
  store.tableDb.awsAccountId = localAccountId;
  const watchedItems = new WatchedItems();

  return {
    signingName: "dynamodb",
    answer: (request) =>
      answering(async () => {
        const name = request.headers["x-amz-target"]?.split(".")[1] ?? "";
        const own = Object.hasOwn(ownOperations, name) ? ownOperations[name] : undefined;
        if (own !== undefined) return own(store, bodyOf(request), options.metering);
        const action = Object.hasOwn(dynaliteActions, name) ? dynaliteActions[name] : undefined;
        if (action === undefined) {
          throw new Refusal("UnknownOperationException", `${name} is not served by the local DynamoDB`);
        }
        const data = bodyOf(request);
        const answer = await perform(store, action, data, options.metering);
        if (action.billedAs === "dynamodbWrites") watchedItems.told(data);
        return answer;
      }),
    watchedItems,
    createTable: (name, properties) => ensureTable(store, name, properties, options.metering),
    stop: () =>
      new Promise((resolve, reject) => {
        store.lifecycleManager.gracefulClose((problem) => (problem === null ? resolve() : reject(problem)));
      }),
  };
};

/** The operations that dynalite does not have, or takes too long over. */
const ownOperations: Readonly<
  Record<string, (store: DynaliteStore, data: object, metering: Metering) => Promise<unknown>>
> = { BatchExecuteStatement: executeStatements, BatchWriteItem: writeMany, Query: queryByKey };

/** No deeper, because dynalite looks at every value itself and this is on the way of every read. */
const bodyOf = ({ body }: ServiceRequest): object => {
  const parsed = jsonOf(body);
  if (typeof parsed === "object" && parsed !== null && !Array.isArray(parsed)) return parsed;
  throw new Refusal("SerializationException", "the body is not a JSON object");
};

const jsonOf = (body: Buffer): unknown => {
  try {
    return JSON.parse(body.toString("utf8"));
  } catch {
    return undefined;
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
