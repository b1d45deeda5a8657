import { z } from "zod";
import type { InvocationResult } from "../services/service.ts";
import { digestOfBody } from "../services/sqs/message-digest.ts";
import type { QueueSettings, ReceivedMessage } from "../services/sqs/queue.ts";
import { systemAttributes } from "../services/sqs/receive-operation.ts";

/**
 * The event a function gets for a batch of a queue
 * (https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html).
 */
export const sqsEvent = (queue: QueueSettings, messages: readonly ReceivedMessage[], region: string) => ({
  Records: messages.map((message) => ({
    messageId: message.messageId,
    receiptHandle: message.receiptHandle,
    body: message.body,
    attributes: systemAttributes(message),
    messageAttributes: Object.fromEntries(
      Object.entries(message.attributes).map(([name, { DataType, StringValue, BinaryValue }]) => [
        name,
        {
          dataType: DataType,
          stringValue: StringValue,
          binaryValue: BinaryValue,
          stringListValues: [],
          binaryListValues: [],
        },
      ]),
    ),
    md5OfBody: digestOfBody(message.body),
    eventSource: "aws:sqs",
    eventSourceARN: queue.arn,
    awsRegion: region,
  })),
});

const partialFailures = z.object({
  batchItemFailures: z.array(z.object({ itemIdentifier: z.string().min(1) })).nullish(),
});

/**
 * The messages of a batch that are done with and to be deleted; the others become visible again by themselves.
 * With `ReportBatchItemFailures` an answer that cannot be read, or that names a message not in the batch, fails the whole
 * batch, as the Lambda guide says; an empty answer is success.
 */
export const completedMessages = (
  messages: readonly ReceivedMessage[],
  result: InvocationResult,
  reportsItemFailures: boolean,
): readonly ReceivedMessage[] => {
  if (result.kind === "failed") {
    return [];
  }
  if (!reportsItemFailures || result.payload === null) {
    return messages;
  }
  const parsed = partialFailures.safeParse(result.payload);
  if (!parsed.success) {
    return [];
  }
  const failed = new Set((parsed.data.batchItemFailures ?? []).map(({ itemIdentifier }) => itemIdentifier));
  const known = new Set(messages.map(({ messageId }) => messageId));
  return failed.isSubsetOf(known) ? messages.filter(({ messageId }) => !failed.has(messageId)) : [];
};
