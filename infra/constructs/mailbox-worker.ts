import { ArnFormat, Duration, Size, Stack } from "aws-cdk-lib";
import { PolicyStatement } from "aws-cdk-lib/aws-iam";
import { SqsEventSource } from "aws-cdk-lib/aws-lambda-event-sources";
import { Construct } from "constructs";
import { secretNamePrefix } from "../../shared/contract/environment.ts";
import { copyQueue } from "../../shared/contract/queue.ts";
import { acknowledge } from "./acknowledge.ts";
import type { Foundations } from "./foundations.ts";
import { MailferryFunction } from "./mailferry-function.ts";
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
    readMailServerSecrets(worker);
  }
}

/** Master passwords of mail servers, which settings name by ARN. */
const readMailServerSecrets = (worker: MailferryFunction<"mailbox-worker">): void => {
  const resource = `${secretNamePrefix}*`;
  worker.addToRolePolicy(
    new PolicyStatement({
      actions: ["secretsmanager:GetSecretValue"],
      resources: [
        Stack.of(worker).formatArn({
          service: "secretsmanager",
          resource: "secret",
          resourceName: resource,
          arnFormat: ArnFormat.COLON_RESOURCE_NAME,
        }),
      ],
    }),
  );
  acknowledge(
    worker.executionRole,
    `AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:secretsmanager:<AWS::Region>:<AWS::AccountId>:secret:${resource}]`,
    "Which secrets a migration needs is known when it starts, long after the stack was deployed; their names carry mailferry's prefix.",
  );
};
