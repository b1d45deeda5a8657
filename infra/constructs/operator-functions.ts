import { Duration, Size } from "aws-cdk-lib";
import { Construct } from "constructs";
import type { Foundations } from "./foundations.ts";
import { MailferryFunction } from "./mailferry-function.ts";
import { grantAnswerTaskTokens } from "./task-tokens.ts";

/** What an operator calls by name, and waits for: a failure is the caller's to see, so there is no dead-letter queue. */
export class OperatorFunctions extends Construct {
  readonly command: MailferryFunction<"operator-command">;
  readonly enterPassword: MailferryFunction<"enter-password">;
  readonly report: MailferryFunction<"write-report">;

  constructor(
    scope: Construct,
    id: string,
    on: Pick<
      Foundations,
      | "bus"
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
    this.command = new MailferryFunction(this, on, {
      name: "operator-command",
      description: "Does what an operator asks for: finish the accounts, start a pass, confirm the MX change",
      environment: {
        TABLE_NAME: on.table.tableName,
        DIRECTORY_READER: on.directories.functionName,
        COPY_QUEUE_URL: on.copyQueue.queueUrl,
        NOTICES_QUEUE_URL: on.noticesQueue.queueUrl,
        UPLOADS_BUCKET: on.uploads.bucketName,
        EVENT_BUS_NAME: on.bus.eventBusName,
      },
      // A reading of the directory, which it waits for, may take minutes.
      timeout: Duration.minutes(13),
      // A directory of 100,000 members is held while they are given addresses.
      memory: Size.mebibytes(512),
    });
    on.table.grantUse(this.command);
    on.uploads.grantReadDirectories(this.command);
    on.directories.grantRead(this.command);
    on.copyQueue.grantSendMessages(this.command);
    on.noticesQueue.grantSendMessages(this.command);
    on.bus.grantPutEventsTo(this.command);
    grantAnswerTaskTokens(this.command);

    // Apart from the other commands, none of which needs to seal a password or to reach a mail server.
    this.enterPassword = new MailferryFunction(this, on, {
      name: "enter-password",
      description: "Tries a password that an operator types in, and keeps it if it is right",
      environment: {
        TABLE_NAME: on.table.tableName,
        COPY_QUEUE_URL: on.copyQueue.queueUrl,
        CREDENTIALS_KEY_ARN: on.credentialsKey.arn,
      },
      timeout: Duration.minutes(3),
      memory: Size.mebibytes(256),
    });
    on.table.grantUse(this.enterPassword);
    on.copyQueue.grantSendMessages(this.enterPassword);
    on.credentialsKey.grantKeep(this.enterPassword);

    this.report = new MailferryFunction(this, on, {
      name: "write-report",
      description: "Writes a migration's report as it stands now",
      environment: { TABLE_NAME: on.table.tableName, UPLOADS_BUCKET: on.uploads.bucketName },
      timeout: Duration.minutes(15),
      memory: Size.mebibytes(1_024),
    });
    on.table.grantRead(this.report);
    on.uploads.grantWriteReports(this.report);
  }
}
