import { ChangeMessageVisibilityCommand, type SQSClient } from "@aws-sdk/client-sqs";

/** SQS keeps a message invisible for twelve hours from when it was received; the worker may have had it for some minutes by now. */
const longestWaitSeconds = 42_600;

/** Makes a received message visible again after so many seconds instead of after the whole visibility timeout. */
export const retryAfter = async (
  sqs: Pick<SQSClient, "send">,
  queueUrl: string,
  receiptHandle: string,
  seconds: number,
): Promise<void> => {
  await sqs.send(
    new ChangeMessageVisibilityCommand({
      QueueUrl: queueUrl,
      ReceiptHandle: receiptHandle,
      VisibilityTimeout: Math.min(longestWaitSeconds, Math.max(0, Math.ceil(seconds))),
    }),
  );
};
