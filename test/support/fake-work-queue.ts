import { deduplicationOf, MailboxWork } from "../../events/mailbox-work.ts";
import type { WorkQueue } from "../../shared/ports/work-queue.ts";

/** The copy queue as a list. Sending the same work twice leaves one message, as within SQS' five minutes. */
export class FakeWorkQueue implements WorkQueue {
  readonly #accepted = new Set<string>();
  /** What was accepted and not yet worked off, in order. */
  readonly waiting: MailboxWork[] = [];
  readonly retries: { readonly receiptHandle: string; readonly seconds: number }[] = [];

  async send(work: readonly MailboxWork[]): Promise<void> {
    for (const item of work) {
      const parsed = MailboxWork.parse(item);
      if (this.#accepted.has(deduplicationOf(parsed))) continue;
      this.#accepted.add(deduplicationOf(parsed));
      this.waiting.push(parsed);
    }
  }

  /** The message a worker would receive next; it stays on the queue until the worker is done with it. */
  next(): MailboxWork | null {
    return this.waiting[0] ?? null;
  }

  /** Deletes the message that `next` gave out. */
  finish(): void {
    this.waiting.shift();
  }

  /** Forgets what was sent, as SQS does after five minutes: the same work sent again is a new message. */
  forgetDeduplication(): void {
    this.#accepted.clear();
  }

  /** All that waits is ready: nobody else receives. */
  async backlog(): Promise<number> {
    return this.waiting.length;
  }

  async retryAfter(receiptHandle: string, seconds: number): Promise<void> {
    this.retries.push({ receiptHandle, seconds });
  }
}
