import { z } from "zod";
import type { Runner } from "./runner.ts";
import type { Store } from "./store.ts";
import type { Waiters } from "./waiters.ts";

/** What the operations of the API work with. */
export interface OperationServices {
  readonly store: Store;
  readonly runner: Runner;
  readonly waiters: Waiters;
  readonly now: () => number;
}

/** AWS's own bound and default for every listing of this service. */
export const pageSize = z.int().min(0).max(1_000).default(100);

/** Dates travel as seconds with a fraction. */
export const seconds = (milliseconds: number): number => milliseconds / 1_000;
