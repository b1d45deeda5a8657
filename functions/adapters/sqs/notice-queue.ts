import type { SQSClient } from "@aws-sdk/client-sqs";
import type { NoticeQueue } from "../../../shared/ports/notice-queue.ts";
import { retryAfter } from "./retry-after.ts";
import { sendAll } from "./send-all.ts";

/** The notices queue (SQS standard): notices to different members wait for nobody, and one given out twice is recognised. */
export const sqsNoticeQueue = (sqs: Pick<SQSClient, "send">, queueUrl: string): NoticeQueue => ({
  send: (work) =>
    sendAll(
      sqs,
      { name: "notices", url: queueUrl },
      work.map((notice) => ({ MessageBody: JSON.stringify(notice) })),
    ),
  retryAfter: (receiptHandle, seconds) => retryAfter(sqs, queueUrl, receiptHandle, seconds),
});
