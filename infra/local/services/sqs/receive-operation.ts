import { z } from "zod";
import { digestOfAttributes, digestOfBody } from "./message-digest.ts";
import type { QueueSettings, ReceivedMessage } from "./queue.ts";
import type { QueueStore } from "./store.ts";

/** The parameters of `ReceiveMessage`; `AttributeNames` is the old name of `MessageSystemAttributeNames`. */
export const receiveParameters = z.strictObject({
  QueueUrl: z.string(),
  MaxNumberOfMessages: z.int().min(1).max(10).default(1),
  VisibilityTimeout: z.int().min(0).max(43_200).optional(),
  WaitTimeSeconds: z.int().min(0).max(20).optional(),
  MessageAttributeNames: z.array(z.string()).default([]),
  MessageSystemAttributeNames: z.array(z.string()).default([]),
  AttributeNames: z.array(z.string()).default([]),
});

type ReceiveParameters = z.output<typeof receiveParameters>;

/** `ReceiveMessage`: at once when there is something, otherwise after up to `WaitTimeSeconds`. */
export const longPoll = async (
  store: QueueStore,
  queue: QueueSettings,
  parameters: ReceiveParameters,
): Promise<unknown> => {
  const waitSeconds = parameters.WaitTimeSeconds ?? queue.receiveWaitSeconds;
  const deadline = performance.now() + waitSeconds * 1000;
  const take = (): readonly ReceivedMessage[] =>
    store.receive(queue, parameters.MaxNumberOfMessages, parameters.VisibilityTimeout);
  let messages = take();
  while (messages.length === 0 && performance.now() < deadline) {
    await store.waitForMessages(queue, deadline - performance.now());
    messages = take();
  }
  return messages.length === 0 ? {} : { Messages: messages.map((message) => onTheWire(message, parameters)) };
};

const onTheWire = (message: ReceivedMessage, parameters: ReceiveParameters): unknown => {
  const wanted = parameters.MessageAttributeNames;
  const attributes = Object.fromEntries(
    Object.entries(message.attributes).filter(([name]) => wanted.includes("All") || wanted.includes(name)),
  );
  const names = [...parameters.MessageSystemAttributeNames, ...parameters.AttributeNames];
  return {
    MessageId: message.messageId,
    ReceiptHandle: message.receiptHandle,
    MD5OfBody: digestOfBody(message.body),
    Body: message.body,
    Attributes: Object.fromEntries(
      Object.entries(systemAttributes(message)).filter(
        ([name]) => names.includes("All") || names.includes(name),
      ),
    ),
    ...(Object.keys(attributes).length === 0
      ? {}
      : { MessageAttributes: attributes, MD5OfMessageAttributes: digestOfAttributes(attributes) }),
  };
};

/** The system attributes of a received message, all texts, as SQS and Lambda's event source give them. */
export const systemAttributes = (message: ReceivedMessage): Record<string, string> => ({
  ApproximateReceiveCount: String(message.receiveCount),
  ApproximateFirstReceiveTimestamp: String(message.firstReceivedAt),
  SentTimestamp: String(message.sentAt),
  SenderId: "local",
  ...(message.sequenceNumber === undefined ? {} : { SequenceNumber: message.sequenceNumber }),
  ...(message.groupId === undefined ? {} : { MessageGroupId: message.groupId }),
  ...(message.deduplicationId === undefined ? {} : { MessageDeduplicationId: message.deduplicationId }),
});
