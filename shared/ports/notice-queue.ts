import type { NoticeWork } from "../../events/notice-work.ts";

/** The queue of notices to members. */
export interface NoticeQueue {
  /** Puts the work on the queue; resolves only when every message is accepted. Sending twice does no harm. */
  send(work: readonly NoticeWork[]): Promise<void>;
  /** Makes a received message visible again after so many seconds (0 … 42,600). */
  retryAfter(receiptHandle: string, seconds: number): Promise<void>;
}
