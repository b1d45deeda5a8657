import type { UnreadableReason } from "../../../shared/contract/unreadable-reasons.ts";

/** Why an upload is refused; the reader of workbooks makes it WorkbookUnreadable, which names the file. */
export class Unreadable extends Error {
  override readonly name = "Unreadable";
  readonly reason: UnreadableReason;
  readonly detail: string | number | undefined;

  constructor(reason: UnreadableReason, detail?: string | number, options?: ErrorOptions) {
    super(reason, options);
    this.reason = reason;
    this.detail = detail;
  }
}
