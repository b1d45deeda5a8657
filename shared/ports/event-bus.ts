import type { MxChangeDetected } from "../../events/mx-change-detected.ts";

/** Our own bus. */
export interface EventBus {
  publishMxChange(event: MxChangeDetected): Promise<void>;
}
