/** The parts of dynalite 4 that are driven from here; the package has no types of its own. */
declare module "dynalite/db/index.js" {
  /** An item as the API writes it: attribute values by name. */
  export type StoredItem = Readonly<Record<string, unknown>>;

  export interface SecondaryIndex {
    readonly IndexName: string;
  }

  export interface TableRecord {
    readonly TableStatus: string;
    readonly KeySchema: readonly { readonly AttributeName: string }[];
    readonly GlobalSecondaryIndexes?: readonly SecondaryIndex[];
  }

  type AnswerTable = (problem: unknown, table?: TableRecord) => void;

  /** One write of a database's batch. */
  export type Operation =
    | { readonly type: "put"; readonly key: string; readonly value: StoredItem }
    | { readonly type: "del"; readonly key: string };

  /** The entries of one table or index, under a prefix of the one database. */
  export interface SubDatabase {
    /** Holds all of these keys, each named once, until the callback it hands out is called. */
    lock(keys: readonly string[], held: (release: (done: () => void) => () => void) => void): void;
  }

  /** The capacity an operation took of one table. */
  export interface Capacity {
    readonly CapacityUnits: number;
  }

  /** What an operation answers; BatchGetItem and BatchWriteItem name the capacity of each table. */
  export interface Answer {
    readonly ConsumedCapacity?: Capacity | readonly Capacity[] | undefined;
    readonly [name: string]: unknown;
  }

  export interface DynaliteStore {
    readonly tableDb: {
      awsAccountId: string;
      awsRegion: string;
      del(name: string, done: (problem?: Error | null) => void): void;
    };
    readonly db: {
      open(): Promise<void>;
      /** Undefined when there is none. */
      get(key: string, done: (problem: unknown, item?: StoredItem) => void): void;
      getSync(key: string): StoredItem | undefined;
      getMany(keys: readonly string[]): Promise<readonly (StoredItem | undefined)[]>;
      batch(operations: readonly Operation[]): Promise<void>;
    };
    /** A table's record; `checkStatus` is whether one that is being made counts as absent. */
    getTable(name: string, checkStatus: boolean | AnswerTable, done?: AnswerTable): void;
    getItemDb(table: string): SubDatabase;
    readonly lifecycleManager: { gracefulClose(callback: (problem: Error | null) => void): void };
  }

  export const create: (options: {
    readonly path: string;
    readonly createTableMs: number;
    readonly updateTableMs: number;
    readonly deleteTableMs: number;
  }) => DynaliteStore;

  /** What is wrong with an item's keys, to be thrown; nothing when they are right. */
  export const validateItem: (item: StoredItem, table: TableRecord) => Error | null | undefined;
  /** Bytes. */
  export const itemSize: (item: StoredItem) => number;
  export const createKey: (item: StoredItem, table: TableRecord) => string;
  export const capacityUnits: (item: StoredItem, isRead: boolean, isConsistent: boolean) => number;
  /** What becomes of the indexes when an item takes another's place. */
  export const getIndexActions: (
    indexes: readonly SecondaryIndex[],
    before: StoredItem | undefined,
    after: StoredItem,
    table: TableRecord,
  ) => {
    readonly puts: readonly { readonly index: string; readonly key: string; readonly item: StoredItem }[];
    readonly deletes: readonly { readonly index: string; readonly key: string }[];
  };
}

declare module "dynalite/validations/index.js" {
  import type { DynaliteStore } from "dynalite/db/index.js";
  export const checkTypes: (data: object, types: object) => object;
  export const checkValidations: (data: object, types: object, custom: unknown, store: DynaliteStore) => void;
}

declare module "dynalite/validations/*.js" {
  export const types: Record<string, unknown>;
  export const custom: unknown;
}

declare module "dynalite/actions/*.js" {
  import type { Answer, DynaliteStore } from "dynalite/db/index.js";

  const action: (
    store: DynaliteStore,
    data: object,
    done: (problem: unknown, answer?: Answer) => void,
  ) => void;
  export = action;
}
