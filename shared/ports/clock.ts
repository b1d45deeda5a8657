import type { Timestamp } from "../contract/ids.ts";

/** The only source of time. */
export interface Clock {
  now(): Timestamp;
}
