import { z } from "zod";
import { type ReceivedMessage, sequenceText } from "./queue.ts";

/**
 * One row a message, of all queues. In flight is `receipt IS NOT NULL AND visible_at > now`; delayed is the same without a
 * receipt. AUTOINCREMENT keeps sequence numbers growing for ever, also after the newest row was deleted.
 */
export const schema = `
  CREATE TABLE IF NOT EXISTS message (
    sequence INTEGER PRIMARY KEY AUTOINCREMENT,
    queue TEXT NOT NULL,
    message_id TEXT NOT NULL UNIQUE,
    group_id TEXT,
    deduplication_id TEXT,
    body TEXT NOT NULL,
    attributes TEXT NOT NULL,
    sent_at INTEGER NOT NULL,
    visible_at INTEGER NOT NULL,
    receipt TEXT,
    receive_count INTEGER NOT NULL DEFAULT 0,
    cut_off_count INTEGER NOT NULL DEFAULT 0,
    first_received_at INTEGER
  ) STRICT;
  CREATE INDEX IF NOT EXISTS message_by_group ON message (queue, group_id, sequence);
  CREATE INDEX IF NOT EXISTS message_by_visibility ON message (queue, visible_at);
  CREATE TABLE IF NOT EXISTS deduplication (
    queue TEXT NOT NULL,
    key TEXT NOT NULL,
    sent_at INTEGER NOT NULL,
    message_id TEXT NOT NULL,
    sequence INTEGER NOT NULL,
    PRIMARY KEY (queue, key)
  ) STRICT;
`;

const attributes = z.record(
  z.string(),
  z.object({
    DataType: z.string(),
    StringValue: z.string().optional(),
    BinaryValue: z.string().optional(),
  }),
);

const row = z.object({
  sequence: z.number(),
  message_id: z.string(),
  group_id: z.string().nullable(),
  deduplication_id: z.string().nullable(),
  body: z.string(),
  attributes: z.string().transform((text) => attributes.parse(JSON.parse(text))),
  sent_at: z.number(),
  visible_at: z.number(),
  receipt: z.string().nullable(),
  receive_count: z.number(),
  /** How many of the receives ended with the whole machine. */
  cut_off_count: z.number(),
  first_received_at: z.number().nullable(),
});

export type MessageRow = z.output<typeof row>;

/** Rows as SQLite gives them, checked. */
export const messageRows = (found: readonly unknown[]): MessageRow[] => found.map((one) => row.parse(one));

/** The row as its receiver sees it after this receive. */
export const receivedMessage = (
  found: MessageRow,
  receiptHandle: string,
  now: number,
  fifo: boolean,
): ReceivedMessage => ({
  messageId: found.message_id,
  receiptHandle,
  body: found.body,
  attributes: found.attributes,
  groupId: found.group_id ?? undefined,
  deduplicationId: found.deduplication_id ?? undefined,
  sequenceNumber: fifo ? sequenceText(found.sequence) : undefined,
  sentAt: found.sent_at,
  firstReceivedAt: found.first_received_at ?? now,
  receiveCount: found.receive_count + 1,
});
