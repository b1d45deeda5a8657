import type { DatabaseSync } from "node:sqlite";
import { inOneCommit } from "../database.ts";
import type { QueueSettings } from "./queue.ts";
import { type MessageRow, messageRows } from "./schema.ts";

/**
 * Puts a message at the end of another queue under its old id, group and deduplication id. Its time of sending stays, so
 * that retention in a dead-letter queue counts from the first sending, as SQS does on standard queues.
 */
export const moveMessage = (
  database: DatabaseSync,
  row: MessageRow,
  destination: string,
  now: number,
  receiveCount = row.receive_count,
): void => {
  database.prepare("DELETE FROM message WHERE sequence = ?").run(row.sequence);
  database
    .prepare(
      `INSERT INTO message
         (queue, message_id, group_id, deduplication_id, body, attributes, sent_at, visible_at, receive_count, first_received_at)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    )
    .run(
      destination,
      row.message_id,
      row.group_id,
      row.deduplication_id,
      row.body,
      JSON.stringify(row.attributes),
      row.sent_at,
      now,
      receiveCount,
      row.first_received_at,
    );
};

/** `StartMessageMoveTask`, done at once: every message that is not in flight starts anew in the other queue. */
export const redriveMessages = (
  database: DatabaseSync,
  from: QueueSettings,
  destination: string,
  now: number,
): number =>
  inOneCommit(database, () => {
    const rows = messageRows(
      database
        .prepare("SELECT * FROM message WHERE queue = ? AND visible_at <= ? ORDER BY sequence")
        .all(from.name, now),
    );
    for (const row of rows) {
      moveMessage(database, row, destination, now, 0);
    }
    return rows.length;
  });
