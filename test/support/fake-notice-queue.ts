import { NoticeWork } from "../../events/notice-work.ts";
import type { NoticeQueue } from "../../shared/ports/notice-queue.ts";

/** The notices queue as a list; like a standard queue it takes the same message as often as it is sent. */
export class FakeNoticeQueue implements NoticeQueue {
  readonly waiting: NoticeWork[] = [];
  readonly retries: { readonly receiptHandle: string; readonly seconds: number }[] = [];

  async send(work: readonly NoticeWork[]): Promise<void> {
    this.waiting.push(...work.map((item) => NoticeWork.parse(item)));
  }

  async retryAfter(receiptHandle: string, seconds: number): Promise<void> {
    this.retries.push({ receiptHandle, seconds });
  }
}
