import type { FunctionInvoker } from "../service.ts";
import type { Delivery } from "./deliveries.ts";

/** Puts a message into a queue of the local cloud. @throws when the queue does not take it. */
export type SendToQueue = (
  queueArn: string,
  message: {
    readonly body: string;
    /** For FIFO queues. */
    readonly groupId?: string;
    readonly attributes?: Readonly<Record<string, string>>;
  },
) => Promise<void>;

/** Why a target did not take an event. */
export interface DeliveryFailure {
  readonly code: string;
  readonly message: string;
}

/** Hands one event to its target; undefined when it was taken. */
export const send = async (
  { target, payload }: Delivery,
  invoker: FunctionInvoker,
  sendToQueue: SendToQueue,
): Promise<DeliveryFailure | undefined> => {
  try {
    if (target.Arn.startsWith("arn:aws:sqs:")) {
      const groupId = target.SqsParameters?.MessageGroupId;
      await sendToQueue(target.Arn, { body: payload, ...(groupId === undefined ? {} : { groupId }) });
      return undefined;
    }
    const result = await invoker.invoke(target.Arn, JSON.parse(payload));
    return result.kind === "returned"
      ? undefined
      : { code: result.errorType || "Lambda.Unknown", message: result.errorMessage };
  } catch (thrown) {
    return thrown instanceof Error
      ? { code: thrown.name, message: thrown.message }
      : { code: "Unknown", message: String(thrown) };
  }
};

/** The message that a dead-letter queue gets, with the attributes EventBridge gives it. */
export const sendToDeadLetters = (
  { ruleArn, target, payload, attempts }: Delivery,
  queueArn: string,
  failure: DeliveryFailure,
  sendToQueue: SendToQueue,
): Promise<void> =>
  sendToQueue(queueArn, {
    body: payload,
    attributes: {
      RULE_ARN: ruleArn,
      TARGET_ARN: target.Arn,
      ERROR_CODE: failure.code,
      ERROR_MESSAGE: failure.message,
      RETRY_ATTEMPTS: String(attempts),
    },
  });
