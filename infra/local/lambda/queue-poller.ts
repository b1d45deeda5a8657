import type { Metering } from "../metering.ts";
import { ServiceError } from "../services/json-protocol.ts";
import type { QueueSettings, ReceivedMessage } from "../services/sqs/queue.ts";
import type { QueueStore } from "../services/sqs/store.ts";
import type { DeployedFunction } from "./deployed-function.ts";
import type { FunctionHost, InvocationSlot } from "./host.ts";
import { completedMessages, sqsEvent } from "./source-mapping.ts";

/** One event source mapping of the template. */
export interface QueueMapping {
  readonly queue: QueueSettings;
  readonly deployed: DeployedFunction;
  readonly batchSize: number;
  readonly maximumConcurrency: number;
  readonly reportsItemFailures: boolean;
}

export interface QueuePollerOptions {
  readonly store: QueueStore;
  readonly host: FunctionHost;
  readonly metering: Metering;
  readonly region: string;
}

/** Nothing wakes a poller of an empty queue but a message; this only bounds the wait. */
const longestWaitMilliseconds = 60 * 60 * 1000;

/**
 * Feeds a function from a queue. The queue itself keeps a message group to one batch at a time; this keeps to the batch size
 * and the maximum concurrency, and receives only when the batch can run at once, so that no visibility timeout is spent
 * waiting in line.
 */
export class QueuePoller {
  readonly #mapping: QueueMapping;
  readonly #options: QueuePollerOptions;
  readonly #stopping = new AbortController();
  readonly #batches = new Set<Promise<void>>();
  readonly #polling: Promise<void>;

  constructor(mapping: QueueMapping, options: QueuePollerOptions) {
    this.#mapping = mapping;
    this.#options = options;
    this.#polling = this.#poll();
  }

  /** Receives nothing more. Batches under way go on; `settled` waits for them. */
  stop(): void {
    this.#stopping.abort();
  }

  /** When nothing of this poller runs any more. The host must have been stopped, or batches run to their end. */
  async settled(): Promise<void> {
    await Promise.all(this.#batches);
    await this.#polling;
  }

  async #poll(): Promise<void> {
    const { signal } = this.#stopping;
    const { store, host } = this.#options;
    const { queue, deployed, batchSize, maximumConcurrency } = this.#mapping;
    while (!signal.aborted) {
      if (this.#batches.size >= maximumConcurrency) {
        await Promise.race(this.#batches);
        continue;
      }
      const slot = await host.slotFor(deployed);
      const messages = signal.aborted ? [] : store.receive(queue, batchSize);
      if (messages.length === 0) {
        slot.release();
        await store.waitForMessages(queue, longestWaitMilliseconds, signal);
        continue;
      }
      const batch = this.#run(slot, messages).finally(() => this.#batches.delete(batch));
      this.#batches.add(batch);
    }
  }

  async #run(slot: InvocationSlot, messages: readonly ReceivedMessage[]): Promise<void> {
    const { store, metering, region } = this.#options;
    const { queue, reportsItemFailures } = this.#mapping;
    metering.count("sqsRequests");
    const result = await slot.run(sqsEvent(queue, messages, region));
    const completed = completedMessages(messages, result, reportsItemFailures);
    if (completed.length > 0) {
      metering.count("sqsRequests");
    }
    for (const { receiptHandle } of completed) {
      deleteUnlessExpired(store, queue, receiptHandle);
    }
  }
}

/** A function slower than the visibility timeout has lost its messages to somebody else; they are delivered again, as on AWS. */
const deleteUnlessExpired = (store: QueueStore, queue: QueueSettings, receiptHandle: string): void => {
  try {
    store.delete(queue, receiptHandle);
  } catch (thrown) {
    if (!(thrown instanceof ServiceError)) {
      throw thrown;
    }
  }
};
