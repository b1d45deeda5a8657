import { z } from "zod";
import { localAccountId } from "../../template/environment.ts";
import { type JsonOperations, operation, ServiceError } from "../json-protocol.ts";
import { answerBatch } from "./batch.ts";
import { digestOfAttributes, digestOfBody } from "./message-digest.ts";
import type { QueueSettings } from "./queue.ts";
import { queueAttributes } from "./queue-attributes.ts";
import { longPoll, receiveParameters } from "./receive-operation.ts";
import type { SqsOptions } from "./service.ts";

const queueUrl = { QueueUrl: z.string() };
const receipt = { ReceiptHandle: z.string() };
const visibility = { VisibilityTimeout: z.int().min(0).max(43_200) };
const attribute = z.strictObject({
  DataType: z.string(),
  StringValue: z.string().optional(),
  BinaryValue: z.string().optional(),
});
const message = {
  MessageBody: z.string(),
  DelaySeconds: z.int().min(0).max(900).optional(),
  MessageAttributes: z.record(z.string(), attribute).default({}),
  MessageGroupId: z.string().min(1).max(128).optional(),
  MessageDeduplicationId: z.string().min(1).max(128).optional(),
};
const outgoing = z.strictObject(message);
const batchOf = <Shape extends z.ZodRawShape>(shape: Shape) =>
  z.strictObject({ ...queueUrl, Entries: z.array(z.strictObject({ Id: z.string(), ...shape })) });

/** The operations of the SQS API that are served; any other is `UnknownOperationException`. */
export const queueOperations = ({ store, endpoint }: SqsOptions): JsonOperations => {
  const urlOf = (queue: QueueSettings): string => `${endpoint}/${localAccountId}/${queue.name}`;

  const send = (queue: QueueSettings, given: z.output<typeof outgoing>): Record<string, unknown> => {
    const sent = store.send(queue, {
      body: given.MessageBody,
      attributes: given.MessageAttributes,
      groupId: given.MessageGroupId,
      deduplicationId: given.MessageDeduplicationId,
      delaySeconds: given.DelaySeconds,
    });
    return {
      MessageId: sent.messageId,
      MD5OfMessageBody: digestOfBody(given.MessageBody),
      MD5OfMessageAttributes: digestOfAttributes(given.MessageAttributes),
      SequenceNumber: sent.sequenceNumber,
    };
  };

  return {
    SendMessage: operation(z.strictObject({ ...queueUrl, ...message }), ({ QueueUrl, ...given }) =>
      send(store.queue(QueueUrl), given),
    ),
    SendMessageBatch: operation(batchOf(message), ({ QueueUrl, Entries }) =>
      answerBatch(Entries, ({ Id: _id, ...given }) => send(store.queue(QueueUrl), given)),
    ),
    ReceiveMessage: operation(receiveParameters, (parameters) =>
      longPoll(store, store.queue(parameters.QueueUrl), parameters),
    ),
    DeleteMessage: operation(z.strictObject({ ...queueUrl, ...receipt }), ({ QueueUrl, ReceiptHandle }) =>
      store.delete(store.queue(QueueUrl), ReceiptHandle),
    ),
    DeleteMessageBatch: operation(batchOf(receipt), ({ QueueUrl, Entries }) =>
      answerBatch(Entries, ({ ReceiptHandle }) => store.delete(store.queue(QueueUrl), ReceiptHandle)),
    ),
    ChangeMessageVisibility: operation(
      z.strictObject({ ...queueUrl, ...receipt, ...visibility }),
      ({ QueueUrl, ReceiptHandle, VisibilityTimeout }) =>
        store.changeVisibility(store.queue(QueueUrl), ReceiptHandle, VisibilityTimeout),
    ),
    ChangeMessageVisibilityBatch: operation(batchOf({ ...receipt, ...visibility }), ({ QueueUrl, Entries }) =>
      answerBatch(Entries, ({ ReceiptHandle, VisibilityTimeout }) =>
        store.changeVisibility(store.queue(QueueUrl), ReceiptHandle, VisibilityTimeout),
      ),
    ),
    GetQueueUrl: operation(z.strictObject({ QueueName: z.string() }), ({ QueueName }) => ({
      QueueUrl: urlOf(store.queue(QueueName)),
    })),
    GetQueueAttributes: operation(
      z.strictObject({ ...queueUrl, AttributeNames: z.array(z.string()).default([]) }),
      ({ QueueUrl, AttributeNames }) => {
        const queue = store.queue(QueueUrl);
        return { Attributes: queueAttributes(queue, store.depth(queue), AttributeNames) };
      },
    ),
    ListQueues: operation(
      z.strictObject({ QueueNamePrefix: z.string().default(""), MaxResults: z.int().optional() }),
      ({ QueueNamePrefix }) => ({
        QueueUrls: store
          .queues()
          .filter(({ name }) => name.startsWith(QueueNamePrefix))
          .map(urlOf),
      }),
    ),
    PurgeQueue: operation(z.strictObject(queueUrl), ({ QueueUrl }) => store.purge(store.queue(QueueUrl))),
    StartMessageMoveTask: operation(
      z.strictObject({
        SourceArn: z.string(),
        DestinationArn: z.string().optional(),
        MaxNumberOfMessagesPerSecond: z.int().optional(),
      }),
      ({ SourceArn, DestinationArn }) => {
        const deadLetter = store.queue(SourceArn);
        const source = store.queues().find(({ redrive }) => redrive?.deadLetterArn === deadLetter.arn);
        const destination = DestinationArn === undefined ? source : store.queue(DestinationArn);
        if (destination === undefined) {
          throw new ServiceError("UnsupportedOperation", `${SourceArn} is the dead-letter queue of no queue`);
        }
        store.redrive(deadLetter, destination);
        return { TaskHandle: Buffer.from(SourceArn).toString("base64") };
      },
    ),
  };
};
