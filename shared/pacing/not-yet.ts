import type { Timestamp } from "../contract/ids.ts";
import type { WaitingReason } from "../contract/pace.ts";

/** It is not this mailbox' turn. Nothing was begun; `until` is known for hours and days, null for a turn that comes when it comes. */
export class NotYet extends Error {
  override readonly name = "NotYet";
  readonly reason: WaitingReason;
  readonly until: Timestamp | null;

  constructor(reason: WaitingReason, until: Timestamp | null) {
    super(`The mailbox waits (${reason}).`);
    this.reason = reason;
    this.until = until;
  }
}
