import { randomUUID } from "node:crypto";
import type { DatabaseSync } from "node:sqlite";
import { z } from "zod";
import { inOneCommit } from "../database.ts";
import { moveMessage } from "./move.ts";
import type { QueueSettings, ReceivedMessage } from "./queue.ts";
import { type MessageRow, messageRows, receivedMessage } from "./schema.ts";

/** What one receive did. */
export interface Receipt {
  readonly messages: readonly ReceivedMessage[];
  /** Messages that went to the dead-letter queue instead of being received once more. */
  readonly deadLettered: number;
}

/** A receive looks at no more messages than this, so that clearing out a queue of dead letters never blocks for long. */
const examinedAtMost = 1_000;

/**
 * Takes up to `wanted` messages into flight until `now + visibilitySeconds`.
 *
 * FIFO (https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/FIFO-queues-understanding-logic.html):
 * as many as possible of one message group, then of the next; in order within the group; nothing of a group that has a
 * message in flight.
 */
export const receiveMessages = (
  database: DatabaseSync,
  queue: QueueSettings,
  wanted: number,
  visibilitySeconds: number,
  now: number,
): Receipt =>
  inOneCommit(database, () => {
    database
      .prepare("DELETE FROM message WHERE queue = ? AND sent_at <= ? AND visible_at <= ?")
      .run(queue.name, now - queue.retentionSeconds * 1000, now);
    const messages: ReceivedMessage[] = [];
    let deadLettered = 0;
    for (const candidate of candidates(database, queue, now)) {
      if (messages.length === wanted) {
        break;
      }
      const tries = candidate.receive_count - candidate.cut_off_count;
      if (queue.redrive !== undefined && tries >= queue.redrive.maxReceiveCount) {
        moveMessage(database, candidate, queueOfArn(queue.redrive.deadLetterArn), now);
        deadLettered += 1;
      } else {
        messages.push(takeIntoFlight(database, queue, candidate, visibilitySeconds, now));
      }
    }
    return { messages, deadLettered };
  });

/** The name at the end of a queue's ARN. */
export const queueOfArn = (arn: string): string => arn.slice(arn.lastIndexOf(":") + 1);

function* candidates(database: DatabaseSync, queue: QueueSettings, now: number): Generator<MessageRow> {
  if (!queue.fifo) {
    const rows = database
      .prepare("SELECT * FROM message WHERE queue = ? AND visible_at <= ? ORDER BY sequence LIMIT ?")
      .all(queue.name, now, examinedAtMost);
    yield* messageRows(rows);
    return;
  }
  const ofGroup = database.prepare(
    "SELECT * FROM message WHERE queue = ? AND group_id = ? AND visible_at <= ? ORDER BY sequence LIMIT ?",
  );
  for (const group of openGroups(database, queue, now)) {
    yield* messageRows(ofGroup.all(queue.name, group, now, examinedAtMost));
  }
}

const groupRow = z.object({ group_id: z.string() });

const openGroups = (database: DatabaseSync, queue: QueueSettings, now: number): string[] =>
  database
    .prepare(
      `SELECT group_id, min(sequence) AS head FROM message WHERE queue = :queue AND visible_at <= :now
         AND group_id NOT IN
           (SELECT group_id FROM message WHERE queue = :queue AND visible_at > :now AND receipt IS NOT NULL)
       GROUP BY group_id ORDER BY head LIMIT :limit`,
    )
    .all({ queue: queue.name, now, limit: examinedAtMost })
    .map((row) => groupRow.parse(row).group_id);

const takeIntoFlight = (
  database: DatabaseSync,
  queue: QueueSettings,
  row: MessageRow,
  visibilitySeconds: number,
  now: number,
): ReceivedMessage => {
  const receipt = randomUUID();
  database
    .prepare(
      `UPDATE message SET receipt = ?, visible_at = ?, receive_count = receive_count + 1,
         first_received_at = coalesce(first_received_at, ?) WHERE sequence = ?`,
    )
    .run(receipt, now + visibilitySeconds * 1000, now, row.sequence);
  return receivedMessage(row, `${row.message_id}:${receipt}`, now, queue.fifo);
};
