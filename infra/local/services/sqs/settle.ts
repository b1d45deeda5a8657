import type { DatabaseSync } from "node:sqlite";
import { ServiceError } from "../json-protocol.ts";
import type { QueueSettings } from "./queue.ts";
import { type MessageRow, messageRows } from "./schema.ts";

/**
 * Deletes a message by the handle of its receive. Deleting again is no error. On a FIFO queue the handle dies with the
 * visibility timeout, because by then the group may be with somebody else; a standard queue honours it until the
 * next receive. @throws {ServiceError} `ReceiptHandleIsInvalid`
 */
export const deleteMessage = (
  database: DatabaseSync,
  queue: QueueSettings,
  receiptHandle: string,
  now: number,
): void => {
  const { row, receipt } = find(database, queue, receiptHandle);
  if (row === undefined) {
    return;
  }
  if (row.receipt !== receipt || (queue.fifo && row.visible_at <= now)) {
    if (queue.fifo) {
      throw new ServiceError("ReceiptHandleIsInvalid", "The receipt handle has expired");
    }
    return;
  }
  database.prepare("DELETE FROM message WHERE sequence = ?").run(row.sequence);
};

/**
 * Hides a message in flight for `seconds` from now; 0 gives it back at once.
 * @throws {ServiceError} `MessageNotInflight`, `ReceiptHandleIsInvalid`
 */
export const changeVisibility = (
  database: DatabaseSync,
  queue: QueueSettings,
  receiptHandle: string,
  seconds: number,
  now: number,
): void => {
  const { row, receipt } = find(database, queue, receiptHandle);
  if (row === undefined || row.receipt !== receipt || row.visible_at <= now) {
    throw new ServiceError("MessageNotInflight", "The message referred to is not in flight.");
  }
  database
    .prepare("UPDATE message SET visible_at = ? WHERE sequence = ?")
    .run(now + seconds * 1000, row.sequence);
};

const find = (
  database: DatabaseSync,
  queue: QueueSettings,
  receiptHandle: string,
): { readonly row: MessageRow | undefined; readonly receipt: string } => {
  const [messageId, receipt, ...more] = receiptHandle.split(":");
  if (messageId === undefined || receipt === undefined || more.length > 0) {
    throw new ServiceError(
      "ReceiptHandleIsInvalid",
      `The input receipt handle "${receiptHandle}" is not valid`,
    );
  }
  const [row] = messageRows(
    database.prepare("SELECT * FROM message WHERE queue = ? AND message_id = ?").all(queue.name, messageId),
  );
  return { row, receipt };
};
