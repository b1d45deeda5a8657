import { Duration, Size } from "aws-cdk-lib";
import { Construct } from "constructs";
import type { Foundations } from "./foundations.ts";
import { MailferryFunction } from "./mailferry-function.ts";
import { grantAnswerTaskTokens } from "./task-tokens.ts";

/** What an operator calls by name, and waits for: a failure is the caller's to see, so there is no dead-letter queue. */
export class OperatorFunctions extends Construct {
  readonly command: MailferryFunction<"operator-command">;
  readonly report: MailferryFunction<"write-report">;

  constructor(
    scope: Construct,
    id: string,
    on: Pick<Foundations, "bus" | "code" | "copyQueue" | "settings" | "table" | "uploads">,
  ) {
    super(scope, id);
    this.command = new MailferryFunction(this, on, {
      name: "operator-command",
      description: "Does what an operator asks for: finish the accounts, start a pass, confirm the MX change",
      environment: {
        TABLE_NAME: on.table.tableName,
        COPY_QUEUE_URL: on.copyQueue.queueUrl,
        EVENT_BUS_NAME: on.bus.eventBusName,
      },
      timeout: Duration.minutes(1),
      memory: Size.mebibytes(256),
    });
    on.table.grantUse(this.command);
    on.copyQueue.grantSendMessages(this.command);
    on.bus.grantPutEventsTo(this.command);
    grantAnswerTaskTokens(this.command);

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
