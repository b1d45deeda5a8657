import { setImmediate as nextTurn } from "node:timers/promises";
import type { DynaliteStore } from "dynalite/db/index.js";
import { z } from "zod";
import type { Metering } from "../../metering.ts";
import type { TableProperties } from "../../template/properties/dynamodb.ts";
import { createTableAction, dynaliteActions } from "./actions.ts";
import { perform, Refusal } from "./perform.ts";

/** The data directory was made by a template whose table had other keys; nothing is converted silently. */
export class TableChanged extends Error {
  override readonly name = "TableChanged";
}

/**
 * Makes the table unless it is there, and returns when it can be used. dynalite makes a table in two writes; one whose process died
 * between them would stay CREATING for ever and is made anew, which loses nothing, because nothing could be put into it.
 * @throws {TableChanged}
 */
export const ensureTable = async (
  store: DynaliteStore,
  name: string,
  properties: TableProperties,
  metering: Metering,
): Promise<void> => {
  const create = () => perform(store, createTableAction, { ...properties, TableName: name }, metering);
  try {
    await create();
  } catch (thrown) {
    if (!(thrown instanceof Refusal) || thrown.type !== "ResourceInUseException") throw thrown;
    const present = await describe(store, name, metering);
    requireSameShape(name, properties, present);
    if (present.TableStatus !== "ACTIVE") {
      await forget(store, name);
      await create();
    }
  }
  await untilActive(store, name, metering);
};

/** dynalite needs a turn or two of the event loop; more than this and something is broken. */
const turnsAtMost = 10_000;

const untilActive = async (store: DynaliteStore, name: string, metering: Metering): Promise<void> => {
  for (let turn = 0; turn < turnsAtMost; turn += 1) {
    if ((await describe(store, name, metering)).TableStatus === "ACTIVE") return;
    await nextTurn();
  }
  throw new Error(`The table ${name} does not become active.`);
};

const forget = (store: DynaliteStore, name: string): Promise<void> =>
  new Promise((resolve, reject) => {
    store.tableDb.del(name, (problem) => (problem ? reject(problem) : resolve()));
  });

const describe = async (store: DynaliteStore, name: string, metering: Metering) => {
  const action = dynaliteActions.DescribeTable ?? createTableAction;
  return tableDescription.parse(await perform(store, action, { TableName: name }, metering)).Table;
};

const keySchema = z.array(z.object({ AttributeName: z.string(), KeyType: z.string() }));
const tableShape = z.object({
  KeySchema: keySchema,
  GlobalSecondaryIndexes: z
    .array(z.object({ IndexName: z.string(), KeySchema: keySchema }))
    .default([])
    .transform((indexes) => indexes.toSorted((a, b) => a.IndexName.localeCompare(b.IndexName))),
});
const tableDescription = z.object({ Table: tableShape.extend({ TableStatus: z.string() }) });

const requireSameShape = (
  name: string,
  wanted: TableProperties,
  present: z.output<typeof tableShape>,
): void => {
  const before = JSON.stringify(tableShape.parse(present));
  const after = JSON.stringify(tableShape.parse(wanted));
  if (before !== after) {
    throw new TableChanged(
      `The table ${name} in this data directory has the keys ${before}, the template wants ${after}. Use a new data directory.`,
    );
  }
};
