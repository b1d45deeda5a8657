/** The parts of dynalite 4 that are driven from here; the package has no types of its own. */
declare module "dynalite/db/index.js" {
  export interface DynaliteStore {
    readonly tableDb: {
      awsAccountId: string;
      awsRegion: string;
      del(name: string, done: (problem?: Error | null) => void): void;
    };
    readonly db: { open(): Promise<void> };
    readonly lifecycleManager: { gracefulClose(callback: (problem: Error | null) => void): void };
  }
  export const create: (options: {
    readonly path: string;
    readonly createTableMs: number;
    readonly updateTableMs: number;
    readonly deleteTableMs: number;
  }) => DynaliteStore;
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
  import type { DynaliteStore } from "dynalite/db/index.js";

  const action: (
    store: DynaliteStore,
    data: object,
    done: (problem: unknown, answer: unknown) => void,
  ) => void;
  export = action;
}
