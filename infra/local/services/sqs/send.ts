import { createHash, randomUUID } from "node:crypto";
import type { DatabaseSync } from "node:sqlite";
import { z } from "zod";
import { inOneCommit } from "../database.ts";
import { ServiceError } from "../json-protocol.ts";
import { type OutgoingMessage, type QueueSettings, type SentMessage, sequenceText } from "./queue.ts";

/**
 * SQS remembers a deduplication id for five minutes, also when the message is long deleted
 * (https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/using-messagededuplicationid-property.html).
 */
const deduplicationMilliseconds = 5 * 60 * 1000;

/** Stores a message, or finds the one it duplicates. @throws {ServiceError} for what SQS refuses. */
export const sendMessage = (
  database: DatabaseSync,
  queue: QueueSettings,
  message: OutgoingMessage,
  now: number,
): SentMessage => {
  check(queue, message);
  const key = queue.fifo ? deduplicationKey(queue, message) : undefined;
  return inOneCommit(database, () => {
    const earlier = key === undefined ? undefined : duplicateOf(database, queue, key, now);
    if (earlier !== undefined) {
      return { messageId: earlier.message_id, sequenceNumber: sequenceText(earlier.sequence) };
    }
    const messageId = randomUUID();
    const delay = message.delaySeconds ?? queue.delaySeconds;
    const { lastInsertRowid } = database
      .prepare(
        `INSERT INTO message (queue, message_id, group_id, deduplication_id, body, attributes, sent_at, visible_at)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
      )
      .run(
        queue.name,
        messageId,
        message.groupId ?? null,
        message.deduplicationId ?? (queue.fifo ? bodyHash(message) : null),
        message.body,
        JSON.stringify(message.attributes),
        now,
        now + delay * 1000,
      );
    const sequence = Number(lastInsertRowid);
    if (key !== undefined) {
      database
        .prepare(
          "INSERT INTO deduplication (queue, key, sent_at, message_id, sequence) VALUES (?, ?, ?, ?, ?)",
        )
        .run(queue.name, key, now, messageId, sequence);
    }
    return { messageId, sequenceNumber: queue.fifo ? sequenceText(sequence) : undefined };
  });
};

const earlierRow = z.object({ message_id: z.string(), sequence: z.number() });

const duplicateOf = (
  database: DatabaseSync,
  queue: QueueSettings,
  key: string,
  now: number,
): z.output<typeof earlierRow> | undefined => {
  database.prepare("DELETE FROM deduplication WHERE sent_at <= ?").run(now - deduplicationMilliseconds);
  const found = database
    .prepare("SELECT message_id, sequence FROM deduplication WHERE queue = ? AND key = ?")
    .get(queue.name, key);
  return found === undefined ? undefined : earlierRow.parse(found);
};

const deduplicationKey = (queue: QueueSettings, message: OutgoingMessage): string => {
  const id = message.deduplicationId ?? bodyHash(message);
  return queue.deduplicationScope === "messageGroup" ? JSON.stringify([message.groupId, id]) : id;
};

const bodyHash = ({ body }: OutgoingMessage): string => createHash("sha256").update(body).digest("hex");

const check = (queue: QueueSettings, message: OutgoingMessage): void => {
  if (message.body === "") {
    throw new ServiceError("MissingParameter", "MessageBody must not be empty");
  }
  if (messageBytes(message) > queue.maximumMessageSize) {
    throw new ServiceError(
      "InvalidParameterValue",
      `One or more parameters are invalid. Reason: Message must be shorter than ${queue.maximumMessageSize} bytes.`,
    );
  }
  if (!queue.fifo) {
    if (message.deduplicationId !== undefined) {
      throw new ServiceError("InvalidParameterValue", "MessageDeduplicationId is for FIFO queues only");
    }
    return;
  }
  if (message.groupId === undefined) {
    throw new ServiceError("MissingParameter", "The request must contain the parameter MessageGroupId.");
  }
  if (message.deduplicationId === undefined && !queue.contentBasedDeduplication) {
    throw new ServiceError(
      "InvalidParameterValue",
      "The queue should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly",
    );
  }
  if (message.delaySeconds !== undefined && message.delaySeconds !== 0) {
    throw new ServiceError(
      "InvalidParameterValue",
      "DelaySeconds is not valid for a message of a FIFO queue",
    );
  }
};

/** Body and attributes count towards the size of a message. */
export const messageBytes = ({ body, attributes }: Pick<OutgoingMessage, "body" | "attributes">): number =>
  Buffer.byteLength(body) +
  Object.entries(attributes).reduce(
    (sum, [name, { DataType, StringValue, BinaryValue }]) =>
      sum +
      Buffer.byteLength(name) +
      Buffer.byteLength(DataType) +
      Buffer.byteLength(StringValue ?? "") +
      Buffer.byteLength(BinaryValue ?? "", "base64"),
    0,
  );
