import type { EventToPublish } from "../events/event.ts";
import type { ObjectStore } from "./objects.ts";

/** A bucket and what its operations need. */
export interface Bucket {
  readonly name: string;
  readonly isVersioned: boolean;
  readonly store: ObjectStore;
  /** Tells EventBridge; does nothing for a bucket that does not have it switched on. */
  readonly announce: (event: EventToPublish) => Promise<void>;
}
