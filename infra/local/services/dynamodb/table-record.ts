import type { DynaliteStore, TableRecord } from "dynalite/db/index.js";
import { refusalOf } from "./perform.ts";

/** @throws {Refusal} when there is no such table */
export const tableRecord = (store: DynaliteStore, name: string): Promise<TableRecord> =>
  new Promise((resolve, reject) => {
    store.getTable(name, (problem, table) =>
      table === undefined ? reject(refusalOf(problem)) : resolve(table),
    );
  });

/**
 * Has the records of usable tables kept in memory. dynalite reads its table's record before every operation, which takes as long as
 * reading the item; tables are made at the boot and never change.
 */
export const rememberTables = (store: DynaliteStore): void => {
  const read = store.getTable.bind(store);
  const remembered = new Map<string, TableRecord>();
  store.getTable = (name, checkStatus, done) => {
    if (typeof checkStatus === "boolean") return read(name, checkStatus, done);
    const known = remembered.get(name);
    if (known !== undefined) return checkStatus(null, known);
    return read(name, (problem, table) => {
      if (table?.TableStatus === "ACTIVE") remembered.set(name, table);
      checkStatus(problem, table);
    });
  };
};
