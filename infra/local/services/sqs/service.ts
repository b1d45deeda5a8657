import type { Metering } from "../../metering.ts";
import { answerJson } from "../json-protocol.ts";
import type { LocalService } from "../service.ts";
import { queueOperations } from "./operations.ts";
import type { QueueStore } from "./store.ts";

/** What the SQS API needs from the rest of the cloud. */
export interface SqsOptions {
  readonly store: QueueStore;
  /** `http://127.0.0.1:<port>`, the beginning of every queue URL. */
  readonly endpoint: string;
  readonly metering: Metering;
}

/** The SQS API (AWS JSON 1.0) over the queues of the stack. */
export const openSqs = (options: SqsOptions): LocalService => {
  const operations = queueOperations(options);
  return {
    signingName: "sqs",
    answer: (request) => {
      options.metering.count("sqsRequests", billedRequests(request.body.length));
      return answerJson(request, operations);
    },
    stop: async () => undefined,
  };
};

/** Every 64 KB of payload is a request (https://aws.amazon.com/sqs/pricing/). */
export const billedRequests = (bytes: number): number => Math.max(1, Math.ceil(bytes / 65_536));
