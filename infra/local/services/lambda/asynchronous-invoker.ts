import { randomUUID } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import type { FunctionInvoker } from "../service.ts";
import { failureRecord } from "./failure-record.ts";

/** How asynchronous invocations of one function are treated (`AWS::Lambda::EventInvokeConfig`). */
export interface EventInvokePolicy {
  readonly retries: number;
  readonly maximumAgeSeconds: number;
  /** The ARN of the queue that gets what was given up. */
  readonly onFailure: string | undefined;
}

export interface AsynchronousInvokerOptions {
  readonly invoker: FunctionInvoker;
  readonly policyOf: (functionArn: string) => EventInvokePolicy | undefined;
  readonly sendToQueue: (arn: string, body: string) => void;
  /** Seconds before the first retry; the second waits twice as long. @default 60, as on AWS */
  readonly retryAfterSeconds?: number | undefined;
}

/** Two retries within six hours, unless the function says otherwise. */
const defaultPolicy: EventInvokePolicy = { retries: 2, maximumAgeSeconds: 21_600, onFailure: undefined };

/**
 * "Lambda waits one minute before the first retry, and two minutes before the second"
 * (https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html).
 */
const defaultRetryAfterSeconds = 60;

/**
 * Invokes a function as Lambda does for an accepted event: tries again, and hands what is given up to the function's
 * on-failure destination. Keeps nothing on disk: whoever accepted the event does, until the run is `settled`.
 */
export class AsynchronousInvoker {
  readonly #options: AsynchronousInvokerOptions;
  readonly #stopping = new AbortController();

  constructor(options: AsynchronousInvokerOptions) {
    this.#options = options;
  }

  /** `settled` when the function returned or the event was given up; `interrupted` when the cloud stopped before. */
  async run(functionArn: string, payload: unknown, acceptedAt: number): Promise<"settled" | "interrupted"> {
    const { invoker, policyOf, sendToQueue, retryAfterSeconds = defaultRetryAfterSeconds } = this.#options;
    const policy = policyOf(functionArn) ?? defaultPolicy;
    const requestId = randomUUID();
    for (let attempts = 1; !this.#stopping.signal.aborted; attempts += 1) {
      const result = await invoker.invoke(functionArn, payload);
      if (this.#stopping.signal.aborted) {
        break;
      }
      if (result.kind === "returned") {
        return "settled";
      }
      const pause = attempts * retryAfterSeconds * 1000;
      const isTooOld = Date.now() + pause - acceptedAt > policy.maximumAgeSeconds * 1000;
      if (attempts > policy.retries || isTooOld) {
        const condition = attempts > policy.retries ? "RetriesExhausted" : "EventAgeExceeded";
        if (policy.onFailure !== undefined) {
          sendToQueue(
            policy.onFailure,
            failureRecord({ requestId, functionArn, attempts, condition, payload, result, at: new Date() }),
          );
        }
        return "settled";
      }
      await delay(pause, undefined, { signal: this.#stopping.signal }).catch(() => undefined);
    }
    return "interrupted";
  }

  /** Ends the waiting for retries and takes what ends from now on for cut off, not for failed. */
  stop(): void {
    this.#stopping.abort();
  }
}
