import { setTimeout as pause } from "node:timers/promises";
import {
  SendMessageBatchCommand,
  type SendMessageBatchRequestEntry,
  type SQSClient,
} from "@aws-sdk/client-sqs";

/** What SendMessageBatch takes. */
const messagesPerRequest = 10;
/** A request may succeed in part; its failed entries are sent again this often, after 0.1, 0.2 and 0.4 s. */
const attempts = 4;
const firstPauseMilliseconds = 100;

/** A message without the number that it has in its request. */
export type Outgoing = Omit<SendMessageBatchRequestEntry, "Id">;

/** Where messages go; the name is for whoever reads that it did not take them. */
export interface Destination {
  readonly name: string;
  readonly url: string;
}

/** Puts messages on a queue in their order, and resolves only when every one is accepted. */
export const sendAll = async (
  sqs: Pick<SQSClient, "send">,
  queue: Destination,
  messages: readonly Outgoing[],
): Promise<void> => {
  for (let start = 0; start < messages.length; start += messagesPerRequest) {
    await sendBatch(sqs, queue, messages.slice(start, start + messagesPerRequest));
  }
};

/**
 * Sends up to ten messages until every one is accepted. Only failed entries are sent again, so after a partial failure they
 * stand behind those that were sent with them; who depends on the order across such a failure sends in two calls.
 */
const sendBatch = async (
  sqs: Pick<SQSClient, "send">,
  { name, url }: Destination,
  messages: readonly Outgoing[],
): Promise<void> => {
  let entries = messages.map((message, index) => ({ Id: String(index), ...message }));
  let reasons = "";
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    if (attempt > 0) await pause(firstPauseMilliseconds * 2 ** (attempt - 1));
    const { Failed = [] } = await sqs.send(new SendMessageBatchCommand({ QueueUrl: url, Entries: entries }));
    if (Failed.length === 0) return;
    reasons = Failed.map(({ Code, Message }) => `${Code}: ${Message ?? "-"}`).join("; ");
    const failed = new Set(Failed.map(({ Id }) => Id));
    entries = entries.filter(({ Id }) => failed.has(Id));
  }
  throw new Error(`The ${name} queue did not accept ${entries.length} messages: ${reasons}`);
};
