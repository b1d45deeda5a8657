import { Duration, Size } from "aws-cdk-lib";
import { SqsEventSource } from "aws-cdk-lib/aws-lambda-event-sources";
import { Construct } from "constructs";
import { copyQueue } from "../../shared/contract/queue.ts";
import type { Foundations } from "./foundations.ts";
import { MailferryFunction } from "./mailferry-function.ts";
import { grantReadSecrets } from "./settings-secrets.ts";
import { grantAnswerTaskTokens } from "./task-tokens.ts";

/**
 * Phase 3: plans, copies and completes mailboxes. It reaches mail servers on the internet, so it lies in no VPC: a NAT gateway
 * would charge for every byte of mail.
 */
export class MailboxWorker extends Construct {
  constructor(
    scope: Construct,
    id: string,
    on: Pick<Foundations, "code" | "copyQueue" | "credentialsKey" | "settings" | "table">,
  ) {
    super(scope, id);
    const worker = new MailferryFunction(this, on, {
      name: "mailbox-worker",
      description: "Plans, copies and completes one mailbox's work at a time",
      environment: {
        TABLE_NAME: on.table.tableName,
        COPY_QUEUE_URL: on.copyQueue.queueUrl,
        CREDENTIALS_KEY_ARN: on.credentialsKey.arn,
      },
      timeout: Duration.seconds(copyQueue.workerTimeoutSeconds),
      memory: Size.mebibytes(on.settings.workerMemoryMegabytes),
    });
    // Brings the right to receive, to delete and to change visibility with it.
    worker.addEventSource(
      new SqsEventSource(on.copyQueue, {
        batchSize: copyQueue.batchSize,
        reportBatchItemFailures: true,
        maxConcurrency: on.settings.copyConcurrency,
      }),
    );
    on.copyQueue.grantSendMessages(worker);
    on.table.grantUse(worker);
    on.credentialsKey.grantOpen(worker);
    grantAnswerTaskTokens(worker);
    grantReadSecrets(worker);
  }
}
