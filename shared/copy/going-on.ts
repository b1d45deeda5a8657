import type { BatchId, BatchRecord } from "../contract/mailbox.ts";
import { copyQueue } from "../contract/queue.ts";
import type { Further } from "../pacing/paced.ts";
import type { Delivery } from "./delivery.ts";
import { amountLeft } from "./progress.ts";

/** What says how far a visit goes beyond what its message asks for. */
export interface GoingOnScope {
  readonly delivery: Delivery;
  readonly further: Further;
}

/**
 * Whether a visit goes on: for its time, and as far as the day's amount holds what is fetched. Once it has not, nothing behind is taken
 * either, so that mail comes to the target in its order. A last delivery that copies does not go on: what is wrong with a further batch
 * is not to end the mailbox, it has attempts of its own.
 */
export class GoingOn {
  readonly #delivery: Delivery;
  readonly #further: Further;
  readonly #atFirst: number;
  readonly #taken = new Set<BatchId>();
  #isOver: boolean;

  constructor({ delivery, further }: GoingOnScope) {
    this.#delivery = delivery;
    this.#further = further;
    this.#atFirst = delivery.remainingMilliseconds();
    this.#isOver = delivery.work.work === "copy" && delivery.receiveCount >= copyQueue.maxReceiveCount;
  }

  /** Whether something else may still be begun that fetches no mail. */
  get isYoung(): boolean {
    const { visitMilliseconds } = this.#delivery;
    return !this.#isOver && this.#atFirst - this.#delivery.remainingMilliseconds() < visitMilliseconds;
  }

  /** Whether this batch is copied, too; the first time it is, what is left of it has been charged. */
  async takes(batch: BatchRecord): Promise<boolean> {
    const { batchId } = batch;
    if (!this.isYoung) return false;
    if (this.#taken.has(batchId)) return true;
    if (!(await this.mayFetch(amountLeft([batch]).bytes))) return false;
    this.#taken.add(batchId);
    return true;
  }

  /** Whether so many bytes may be fetched today, which are charged then. */
  async mayFetch(bytes: number): Promise<boolean> {
    this.#isOver ||= !(await this.#further(bytes));
    return !this.#isOver;
  }
}
