import batchGetItem from "dynalite/actions/batchGetItem.js";
import batchWriteItem from "dynalite/actions/batchWriteItem.js";
import createTable from "dynalite/actions/createTable.js";
import deleteItem from "dynalite/actions/deleteItem.js";
import describeTable from "dynalite/actions/describeTable.js";
import getItem from "dynalite/actions/getItem.js";
import listTables from "dynalite/actions/listTables.js";
import putItem from "dynalite/actions/putItem.js";
import query from "dynalite/actions/query.js";
import scan from "dynalite/actions/scan.js";
import updateItem from "dynalite/actions/updateItem.js";
import type { Answer, DynaliteStore } from "dynalite/db/index.js";
import * as batchGetItemParameters from "dynalite/validations/batchGetItem.js";
import * as batchWriteItemParameters from "dynalite/validations/batchWriteItem.js";
import * as createTableParameters from "dynalite/validations/createTable.js";
import * as deleteItemParameters from "dynalite/validations/deleteItem.js";
import * as describeTableParameters from "dynalite/validations/describeTable.js";
import * as getItemParameters from "dynalite/validations/getItem.js";
import * as listTablesParameters from "dynalite/validations/listTables.js";
import * as putItemParameters from "dynalite/validations/putItem.js";
import * as queryParameters from "dynalite/validations/query.js";
import * as scanParameters from "dynalite/validations/scan.js";
import * as updateItemParameters from "dynalite/validations/updateItem.js";

/** One operation of dynalite: what it takes and what it does. */
export interface DynaliteAction {
  readonly parameters: { readonly types: Record<string, unknown>; readonly custom: unknown };
  readonly perform: (
    store: DynaliteStore,
    data: object,
    done: (problem: unknown, answer?: Answer) => void,
  ) => void;
  /** What its capacity units are billed as. */
  readonly billedAs?: "dynamodbReads" | "dynamodbWrites";
}

/**
 * The operations of dynalite that are served. Tables come from the template, so nobody else makes or deletes them; transactions and
 * streams are not in the design (dynalite has neither).
 */
export const dynaliteActions: Readonly<Record<string, DynaliteAction>> = {
  GetItem: { parameters: getItemParameters, perform: getItem, billedAs: "dynamodbReads" },
  BatchGetItem: { parameters: batchGetItemParameters, perform: batchGetItem, billedAs: "dynamodbReads" },
  Scan: { parameters: scanParameters, perform: scan, billedAs: "dynamodbReads" },
  PutItem: { parameters: putItemParameters, perform: putItem, billedAs: "dynamodbWrites" },
  UpdateItem: { parameters: updateItemParameters, perform: updateItem, billedAs: "dynamodbWrites" },
  DeleteItem: { parameters: deleteItemParameters, perform: deleteItem, billedAs: "dynamodbWrites" },
  DescribeTable: { parameters: describeTableParameters, perform: describeTable },
  ListTables: { parameters: listTablesParameters, perform: listTables },
};

/** By way of queryByKey. */
export const queryAction: DynaliteAction = {
  parameters: queryParameters,
  perform: query,
  billedAs: "dynamodbReads",
};

/** For the requests that are not puts into one table (see writeMany). */
export const batchWriteItemAction: DynaliteAction = {
  parameters: batchWriteItemParameters,
  perform: batchWriteItem,
  billedAs: "dynamodbWrites",
};

/** Kept apart from what callers may ask for. */
export const createTableAction: DynaliteAction = { parameters: createTableParameters, perform: createTable };
