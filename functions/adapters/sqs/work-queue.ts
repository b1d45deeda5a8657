import { setTimeout as pause } from "node:timers/promises";
import {
  ChangeMessageVisibilityCommand,
  SendMessageBatchCommand,
  type SendMessageBatchRequestEntry,
  type SQSClient,
} from "@aws-sdk/client-sqs";
import { deduplicationOf, type MailboxWork, messageGroupOf } from "../../../events/mailbox-work.ts";
import type { WorkQueue } from "../../../shared/ports/work-queue.ts";

/** What SendMessageBatch takes. */
const messagesPerRequest = 10;
/** A request may succeed in part; its failed entries are sent again this often, after 0.1, 0.2 and 0.4 s. */
const attempts = 4;
const firstPauseMilliseconds = 100;
/** SQS keeps a message invisible for twelve hours from when it was received; the worker may have had it for some minutes by now. */
const longestWaitSeconds = 42_600;

/** The copy queue (SQS FIFO): one message group for each mailbox, so that its work is done one at a time and in order. */
export const sqsWorkQueue = (sqs: Pick<SQSClient, "send">, queueUrl: string): WorkQueue => ({
  send: async (work) => {
    for (let start = 0; start < work.length; start += messagesPerRequest) {
      await sendBatch(sqs, queueUrl, work.slice(start, start + messagesPerRequest));
    }
  },
  retryAfter: async (receiptHandle, seconds) => {
    await sqs.send(
      new ChangeMessageVisibilityCommand({
        QueueUrl: queueUrl,
        ReceiptHandle: receiptHandle,
        VisibilityTimeout: Math.min(longestWaitSeconds, Math.max(0, Math.ceil(seconds))),
      }),
    );
  },
});

/**
 * Sends up to ten messages until every one is accepted. Only failed entries are sent again, so after a partial failure they
 * stand behind those that were sent with them; who depends on the order across such a failure sends in two calls.
 */
const sendBatch = async (
  sqs: Pick<SQSClient, "send">,
  queueUrl: string,
  work: readonly MailboxWork[],
): Promise<void> => {
  let entries = work.map(entryOf);
  let reasons = "";
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    if (attempt > 0) await pause(firstPauseMilliseconds * 2 ** (attempt - 1));
    const { Failed = [] } = await sqs.send(
      new SendMessageBatchCommand({ QueueUrl: queueUrl, Entries: entries }),
    );
    if (Failed.length === 0) return;
    reasons = Failed.map(({ Code, Message }) => `${Code}: ${Message ?? "-"}`).join("; ");
    const failed = new Set(Failed.map(({ Id }) => Id));
    entries = entries.filter(({ Id }) => failed.has(Id));
  }
  throw new Error(`The copy queue did not accept ${entries.length} messages: ${reasons}`);
};

const entryOf = (work: MailboxWork, index: number): SendMessageBatchRequestEntry => ({
  Id: String(index),
  MessageBody: JSON.stringify(work),
  MessageGroupId: messageGroupOf(work),
  MessageDeduplicationId: deduplicationOf(work),
});
