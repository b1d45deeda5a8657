import { processPartialResponse, SqsFifoPartialProcessorAsync } from "@aws-lambda-powertools/batch";
import { MailboxWork } from "../../events/mailbox-work.ts";
import { isMailferryError } from "../../shared/contract/errors.ts";
import { copyQueue } from "../../shared/contract/queue.ts";
import { holdSeconds } from "../../shared/copy/claim-times.ts";
import { retryDelay } from "../../shared/copy/retry-delay.ts";
import { workMailbox } from "../../shared/copy/work-mailbox.ts";
import { dynamoPaceStore } from "../adapters/dynamodb/pace-store.ts";
import { imapMailServers } from "../adapters/imap/mail-servers.ts";
import { kmsCredentialVault } from "../adapters/kms/credential-vault.ts";
import { kmsKeyService } from "../adapters/kms/key-service.ts";
import { httpAccessTokens } from "../adapters/oauth/access-tokens.ts";
import { secretsManagerStore } from "../adapters/secrets-manager/secret-store.ts";
import { sqsWorkQueue } from "../adapters/sqs/work-queue.ts";
import { stepFunctionsWorkflow } from "../adapters/step-functions/workflow.ts";
import * as clients from "../runtime/clients.ts";
import { composeState } from "../runtime/composition.ts";
import { defineFunction } from "../runtime/define-function.ts";
import { QueueEvent, QueueRecord } from "./queue-event.ts";
import { whyFailed } from "./why-failed.ts";

/** Works off one mailbox' messages of the copy queue. Returning means done; a failed message comes again after a while of its own. */
export const handler = await defineFunction("mailbox-worker", QueueEvent, (environment) => {
  const state = composeState(environment);
  const app = {
    ...state,
    pace: dynamoPaceStore(state.table),
    vault: kmsCredentialVault(kmsKeyService(clients.kms(), environment.CREDENTIALS_KEY_ARN), state.table),
    secrets: secretsManagerStore(clients.secretsManager(), state.clock),
    tokens: httpAccessTokens(state.clock),
    mailServers: imapMailServers(),
    workQueue: sqsWorkQueue(clients.sqs(), environment.COPY_QUEUE_URL),
    workflow: stepFunctionsWorkflow(clients.stepFunctions()),
  };
  return (event, invocation) => {
    const perform = async (record: unknown): Promise<void> => {
      const { body, messageId, receiptHandle, attributes } = QueueRecord.parse(record);
      const receiveCount = attributes.ApproximateReceiveCount;
      try {
        const work = MailboxWork.parse(JSON.parse(body));
        const remainingMilliseconds = () => invocation.remainingMilliseconds();
        const visitMilliseconds = copyQueue.visitSeconds * 1_000;
        // At the same time: until the message is held for so long, the queue's own timeout holds it for longer.
        const [done, held] = await Promise.allSettled([
          workMailbox(app, { work, messageId, receiveCount, remainingMilliseconds, visitMilliseconds }),
          app.workQueue.retryAfter(receiptHandle, holdSeconds(remainingMilliseconds())),
        ]);
        if (done.status === "rejected") throw done.reason;
        if (held.status === "rejected")
          invocation.log.warn("The message was not held for the time of its work.", whyFailed(held.reason));
      } catch (thrown) {
        const seconds = retryDelay(thrown, receiveCount);
        invocation.log.warn("The work on a mailbox was interrupted.", {
          ...whyFailed(thrown),
          group: attributes.MessageGroupId,
          receiveCount,
          seconds,
        });
        // Superseded, the message is in other hands: when it comes back is their affair.
        if (!isMailferryError(thrown, "WorkSuperseded"))
          await app.workQueue.retryAfter(receiptHandle, seconds);
        throw thrown;
      }
    };
    const processor = new SqsFifoPartialProcessorAsync();
    return processPartialResponse(event, perform, processor, {
      skipGroupOnError: true,
      throwOnFullBatchFailure: false,
    });
  };
});
