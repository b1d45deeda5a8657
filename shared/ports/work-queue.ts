import type { MailboxWork } from "../../events/mailbox-work.ts";

/** The copy queue. */
export interface WorkQueue {
  /** Puts the work on the queue in this order; resolves only when every message is accepted. Sending twice does no harm. */
  send(work: readonly MailboxWork[]): Promise<void>;
  /**
   * About how many messages are ready for a worker, those that stand behind others of their mailbox included. What is being worked on
   * or waits is not among them. SQS may count a minute late.
   */
  backlog(): Promise<number>;
  /**
   * Makes a received message visible again after so many seconds (0 … 42,600) instead of after the whole visibility
   * timeout: waiting for a busy server costs no Lambda time, and a lost connection is taken up at once.
   */
  retryAfter(receiptHandle: string, seconds: number): Promise<void>;
}
