import { type Alarm, setAlarm } from "../alarm.ts";
import type { FunctionInvoker } from "../service.ts";
import type { Deliveries, Delivery } from "./deliveries.ts";
import { type DeliveryFailure, type SendToQueue, send, sendToDeadLetters } from "./send.ts";

/** Brings accepted events to their targets, each at least once. */
export interface Deliverer {
  /** Begins with what the last run left. */
  start(): void;
  /** Looks whether something has become due; called after each acceptance. */
  nudge(): void;
  /** Begins nothing more; what is under way counts as not delivered. */
  stop(): void;
}

interface DelivererServices {
  readonly deliveries: Deliveries;
  readonly invoker: FunctionInvoker;
  readonly sendToQueue: SendToQueue;
  readonly now: () => number;
  /** Seconds before the first retry; each further one waits twice as long, at most a minute. */
  readonly retryAfterSeconds: number;
}

/** More at once would only queue up for the processor. */
const AT_ONCE = 20;
const LONGEST_PAUSE_SECONDS = 60;

export const openDeliverer = (services: DelivererServices): Deliverer => {
  const { deliveries, now } = services;
  const underWay = new Map<number, Delivery>();
  let running = false;
  let alarm: Alarm | undefined;

  const mayGo = ({ id, lane }: Delivery): boolean =>
    !underWay.has(id) && (lane === undefined || ![...underWay.values()].some((other) => other.lane === lane));

  const pump = (): void => {
    if (!running) return;
    alarm?.cancel();
    // One reading of the clock: what becomes due between two of them would be neither taken nor waited for.
    const at = now();
    const next = deliveries.nextDue(at);
    if (next !== undefined) alarm = setAlarm(next, now, pump);
    for (const delivery of deliveries.due(at)) {
      if (underWay.size >= AT_ONCE) return;
      if (mayGo(delivery)) {
        underWay.set(delivery.id, delivery);
        void attempt(services, delivery, () => running).finally(() => {
          underWay.delete(delivery.id);
          pump();
        });
      }
    }
  };

  return {
    start: () => {
      running = true;
      pump();
    },
    nudge: pump,
    stop: () => {
      running = false;
      alarm?.cancel();
    },
  };
};

const attempt = async (
  services: DelivererServices,
  delivery: Delivery,
  running: () => boolean,
): Promise<void> => {
  const { deliveries, now } = services;
  const spent = isSpent(delivery, now());
  const failure = spent ?? (await send(delivery, services.invoker, services.sendToQueue));
  if (!running()) return;
  const failed = { ...delivery, attempts: delivery.attempts + (spent === undefined ? 1 : 0) };
  if (failure === undefined) {
    deliveries.done(delivery.id);
  } else if (isSpent(failed, now()) === undefined || !(await giveUp(services, failed, failure))) {
    if (!running()) return;
    const pause = Math.min(services.retryAfterSeconds * 2 ** (failed.attempts - 1), LONGEST_PAUSE_SECONDS);
    deliveries.retry(delivery.id, failed.attempts, now() + pause * 1_000);
  } else if (running()) {
    deliveries.done(delivery.id);
  }
};

/** Whether it is in the dead-letter queue, or had none to go to and is dropped as EventBridge would drop it. */
const giveUp = async (
  { sendToQueue }: DelivererServices,
  delivery: Delivery,
  failure: DeliveryFailure,
): Promise<boolean> => {
  const queueArn = delivery.target.DeadLetterConfig?.Arn;
  if (queueArn === undefined) return true;
  try {
    await sendToDeadLetters(delivery, queueArn, failure, sendToQueue);
    return true;
  } catch {
    return false;
  }
};

/**
 * Why no further attempt is due. Without a RetryPolicy a function is tried three times, as Lambda's asynchronous
 * invocation does, and a queue 186 times over a day, as EventBridge does.
 */
const isSpent = ({ target, attempts, acceptedAt }: Delivery, now: number): DeliveryFailure | undefined => {
  const { MaximumRetryAttempts, MaximumEventAgeInSeconds = 86_400 } = target.RetryPolicy ?? {};
  const retries = MaximumRetryAttempts ?? (target.Arn.startsWith("arn:aws:sqs:") ? 185 : 2);
  if (attempts > retries) return { code: "RetriesExhausted", message: `${attempts} attempts failed` };
  const aged = now - acceptedAt > MaximumEventAgeInSeconds * 1_000;
  return aged
    ? { code: "EventTooOld", message: `not delivered within ${MaximumEventAgeInSeconds} s` }
    : undefined;
};
