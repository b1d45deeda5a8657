import {
  capacityUnits,
  createKey,
  type DynaliteStore,
  getIndexActions,
  itemSize,
  type Operation,
  type StoredItem,
  type TableRecord,
  validateItem,
} from "dynalite/db/index.js";
import type { Metering } from "../../metering.ts";
import { problemOfItem } from "./attribute-values.ts";
import { Refusal, refusalOf } from "./perform.ts";
import { tableRecord } from "./table-record.ts";

/**
 * Puts items of one table in one read and one write of the database, where dynalite takes two for each; an import of a large company
 * writes 200,000. Items and index entries are written together or not at all. Answers for each whether it was put: what is there may
 * be left.
 *
 * @throws {Refusal} for items that DynamoDB refuses, and when there is no such table
 */
export const putTogether = async (
  store: DynaliteStore,
  tableName: string,
  items: readonly StoredItem[],
  present: "replace" | "leave",
  metering: Metering,
): Promise<readonly boolean[]> => {
  const table = await tableRecord(store, tableName);
  for (const item of items) refuseInvalid(item, table);
  const keys = items.map((item) => createKey(item, table));
  if (present === "replace" && new Set(keys).size < keys.length)
    throw new Refusal("ValidationException", "Provided list of item keys contains duplicates");
  const release = await locked(store, tableName, new Set(keys));
  try {
    const held = await store.db.getMany(keys.map((key) => itemPlace(tableName, key)));
    const seen = new Set<string>();
    const put: boolean[] = [];
    const operations: Operation[] = [];
    let units = 0;
    for (const [index, item] of items.entries()) {
      const key = keys[index] ?? "";
      const before = held[index];
      units += Math.max(unitsOf(item), before === undefined ? 0 : unitsOf(before));
      const isLeft = present === "leave" && (before !== undefined || seen.has(key));
      seen.add(key);
      put.push(!isLeft);
      if (isLeft) continue;
      operations.push({ type: "put", key: itemPlace(tableName, key), value: item });
      const { puts, deletes } = getIndexActions(table.GlobalSecondaryIndexes ?? [], before, item, table);
      for (const gone of deletes)
        operations.push({ type: "del", key: indexPlace(tableName, gone.index, gone.key) });
      for (const entry of puts)
        operations.push({
          type: "put",
          key: indexPlace(tableName, entry.index, entry.key),
          value: entry.item,
        });
    }
    await store.db.batch(operations);
    metering.count("dynamodbWrites", units);
    return put;
  } finally {
    release();
  }
};

/** DynamoDB's limit for an item. Bytes. */
const itemBytes = 409_600;

const refuseInvalid = (item: StoredItem, table: TableRecord): void => {
  const problem = problemOfItem(item);
  if (problem !== null) throw new Refusal("ValidationException", problem);
  const invalid = validateItem(item, table);
  if (invalid) throw refusalOf(invalid);
  if (itemSize(item) > itemBytes)
    throw new Refusal("ValidationException", "Item size has exceeded the maximum allowed size");
};

const unitsOf = (item: StoredItem): number => capacityUnits(item, false, true);

/** Waits for others who write these items. Each key once: dynalite's lock would wait for itself. */
const locked = (store: DynaliteStore, table: string, keys: ReadonlySet<string>): Promise<() => void> =>
  new Promise((resolve) => {
    store.getItemDb(table).lock([...keys], (release) => resolve(release(() => undefined)));
  });

/** Where dynalite keeps an item, and an entry of a global index. */
const itemPlace = (table: string, key: string): string => `item-${table}~${key}`;
const indexPlace = (table: string, index: string, key: string): string =>
  `index-global~${table}~${index}~${key}`;
