import { Duration, Size } from "aws-cdk-lib";
import { Match, Rule } from "aws-cdk-lib/aws-events";
import { Construct } from "constructs";
import { uploadsPrefix } from "../../shared/contract/objects.ts";
import { DeadLetterQueue } from "./dead-letter-queue.ts";
import { deliverTo } from "./event-delivery.ts";
import type { Foundations } from "./foundations.ts";
import { MailferryFunction } from "./mailferry-function.ts";
import { grantAnswerTaskTokens } from "./task-tokens.ts";

/** Phase 2: a workbook that arrives in the bucket becomes accounts. */
export class AccountImport extends Construct {
  constructor(
    scope: Construct,
    id: string,
    on: Pick<
      Foundations,
      | "alarms"
      | "code"
      | "copyQueue"
      | "credentialsKey"
      | "directories"
      | "noticesQueue"
      | "settings"
      | "table"
      | "uploads"
    >,
  ) {
    super(scope, id);
    const importAccounts = new MailferryFunction(this, on, {
      name: "import-accounts",
      description: "Reads an uploaded workbook into accounts and destroys it",
      environment: {
        TABLE_NAME: on.table.tableName,
        DIRECTORY_READER: on.directories.functionName,
        COPY_QUEUE_URL: on.copyQueue.queueUrl,
        NOTICES_QUEUE_URL: on.noticesQueue.queueUrl,
        UPLOADS_BUCKET: on.uploads.bucketName,
        CREDENTIALS_KEY_ARN: on.credentialsKey.arn,
      },
      // 100,000 rows take some 20 s of a whole processor, which Lambda gives with this much memory; a busy table takes longer.
      timeout: Duration.minutes(15),
      memory: Size.mebibytes(1_769),
    });
    on.table.grantUse(importAccounts);
    on.table.grantPutMany(importAccounts);
    on.directories.grantRead(importAccounts);
    on.copyQueue.grantSendMessages(importAccounts);
    on.noticesQueue.grantSendMessages(importAccounts);
    on.uploads.grantImport(importAccounts);
    on.credentialsKey.grantSeal(importAccounts);
    grantAnswerTaskTokens(importAccounts);

    new Rule(this, "WorkbookUploaded", {
      description: "A workbook has arrived under uploads/",
      eventPattern: {
        source: ["aws.s3"],
        detailType: ["Object Created"],
        detail: {
          bucket: { name: [on.uploads.bucketName] },
          object: { key: Match.prefix(uploadsPrefix) },
        },
      },
      targets: [
        deliverTo({
          to: importAccounts,
          retries: 2,
          maxAge: Duration.hours(1),
          deadLetters: new DeadLetterQueue(this, "DeadLetters", {
            alarms: on.alarms,
            runbookEntry: "import-dead-letters",
            says: "An uploaded workbook could not be imported; its accounts are missing.",
          }),
        }),
      ],
    });
  }
}
