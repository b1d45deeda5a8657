import { createHash } from "node:crypto";
import { GetQueueAttributesCommand, type SQSClient } from "@aws-sdk/client-sqs";
import { z } from "zod";
import { deduplicationOf, type MailboxWork, messageGroupOf } from "../../../events/mailbox-work.ts";
import type { WorkQueue } from "../../../shared/ports/work-queue.ts";
import { retryAfter } from "./retry-after.ts";
import { type Outgoing, sendAll } from "./send-all.ts";

/** The copy queue (SQS FIFO): one message group for each mailbox, so that its work is done one at a time and in order. */
export const sqsWorkQueue = (sqs: Pick<SQSClient, "send">, queueUrl: string): WorkQueue => ({
  send: (work) => sendAll(sqs, { name: "copy", url: queueUrl }, work.map(messageOf)),
  backlog: async () => {
    const { Attributes } = await sqs.send(
      new GetQueueAttributesCommand({ QueueUrl: queueUrl, AttributeNames: ["ApproximateNumberOfMessages"] }),
    );
    return Backlog.parse(Attributes).ApproximateNumberOfMessages;
  },
  retryAfter: (receiptHandle, seconds) => retryAfter(sqs, queueUrl, receiptHandle, seconds),
});

/** No answer is not an empty queue. */
const Backlog = z.object({ ApproximateNumberOfMessages: z.string().regex(/^\d+$/).transform(Number) });

const messageOf = (work: MailboxWork): Outgoing => ({
  MessageBody: JSON.stringify(work),
  MessageGroupId: fitting(messageGroupOf(work)),
  MessageDeduplicationId: fitting(deduplicationOf(work)),
});

/** What SQS takes as either id (SendMessageBatchRequestEntry: at most 128 letters, digits and punctuation of ASCII). */
const taken = /^[!-~]{1,128}$/;

/** A long address, or one with letters beyond ASCII, goes by its hash: nothing else may ever share it. */
const fitting = (id: string): string => (taken.test(id) ? id : createHash("sha256").update(id).digest("hex"));
