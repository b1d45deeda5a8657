import { MxChangeDetected } from "../../events/mx-change-detected.ts";
import type { EventBus } from "../../shared/ports/event-bus.ts";

/** A bus that keeps what was published. */
export class FakeEventBus implements EventBus {
  readonly published: MxChangeDetected[] = [];

  async publishMxChange(event: MxChangeDetected): Promise<void> {
    this.published.push(MxChangeDetected.parse(event));
  }
}
