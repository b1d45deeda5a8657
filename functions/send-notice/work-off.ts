import { NoticeWork } from "../../events/notice-work.ts";
import { isMailferryError } from "../../shared/contract/errors.ts";
import { type NoticeResult, type SendNoticePorts, sendNotice } from "../../shared/notices/send-notice.ts";
import { waitSeconds } from "../../shared/notices/wait-seconds.ts";
import type { NoticeQueue } from "../../shared/ports/notice-queue.ts";
import type { Log } from "../runtime/logger.ts";
import type { NoticeRecord } from "./queue-event.ts";

interface WorkOffPorts extends SendNoticePorts {
  readonly noticeQueue: Pick<NoticeQueue, "retryAfter">;
}

/**
 * Works off messages of the notices queue and gives the ids of those that are to be delivered again: after a while of their own when
 * they have to wait, after the queue's visibility timeout when they failed. Addresses and links are not logged.
 */
export const workOff = async (
  app: WorkOffPorts,
  records: readonly NoticeRecord[],
  pageUrl: string,
  log: Log,
): Promise<readonly string[]> => {
  const unfinished: string[] = [];
  for (const record of records) {
    try {
      if (!(await isDone(app, record, pageUrl, log))) unfinished.push(record.messageId);
    } catch (thrown) {
      log.error("A notice was not sent.", { messageId: record.messageId, ...whyFailed(thrown) });
      unfinished.push(record.messageId);
    }
  }
  return unfinished;
};

const isDone = async (
  app: WorkOffPorts,
  { body, receiptHandle, attributes }: NoticeRecord,
  pageUrl: string,
  log: Log,
): Promise<boolean> => {
  const work = NoticeWork.parse(JSON.parse(body));
  const { migrationId, notice } = work;
  const result = await sendNotice(app, work, pageUrl);
  if (result.outcome !== "wait") {
    log.info("notice", { migrationId, notice, ...factsOf(result) });
    return true;
  }
  const seconds = result.seconds ?? waitSeconds(attributes.ApproximateReceiveCount);
  log.warn("A notice has to wait.", { migrationId, notice, seconds, reason: result.words });
  await app.noticeQueue.retryAfter(receiptHandle, seconds);
  return false;
};

const factsOf = (result: Exclude<NoticeResult, { outcome: "wait" }>) =>
  result.outcome === "sent"
    ? { outcome: "sent", channels: result.channels.join(" "), reason: result.words ?? null }
    : { outcome: "dropped", why: result.why };

/** The sentence only of errors whose words are known to hold neither a link nor a password. */
const whyFailed = (thrown: unknown) =>
  isMailferryError(thrown)
    ? { error: thrown.name, reason: thrown.message }
    : { error: thrown instanceof Error ? thrown.name : "unknown" };
