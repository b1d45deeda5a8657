import { Duration, Size } from "aws-cdk-lib";
import { Construct } from "constructs";
import type { Foundations } from "./foundations.ts";
import { MailferryFunction } from "./mailferry-function.ts";
import { grantAnswerTaskTokens } from "./task-tokens.ts";

/** The functions that the workflow's tasks call. */
export class WorkflowFunctions extends Construct {
  readonly verifyDomain: MailferryFunction<"verify-domain">;
  readonly openPhase: MailferryFunction<"open-phase">;
  readonly closeMigration: MailferryFunction<"close-migration">;
  readonly recordFailure: MailferryFunction<"record-failure">;

  constructor(
    scope: Construct,
    id: string,
    on: Pick<Foundations, "code" | "copyQueue" | "directories" | "noticesQueue" | "settings" | "table">,
  ) {
    super(scope, id);
    const memory = Size.mebibytes(256);
    const environment = { TABLE_NAME: on.table.tableName };
    this.verifyDomain = new MailferryFunction(this, on, {
      name: "verify-domain",
      description: "Phase 1: checks settings, domain and the connection to both servers and the directory",
      environment: { ...environment, DIRECTORY_READER: on.directories.functionName },
      // A large company's directory takes minutes to read; everything else is done in two.
      timeout: Duration.minutes(13),
      memory,
    });
    this.openPhase = new MailferryFunction(this, on, {
      name: "open-phase",
      description: "Opens a phase and keeps the token that ends its wait",
      environment: {
        ...environment,
        COPY_QUEUE_URL: on.copyQueue.queueUrl,
        NOTICES_QUEUE_URL: on.noticesQueue.queueUrl,
      },
      timeout: Duration.minutes(1),
      memory,
    });
    this.closeMigration = new MailferryFunction(this, on, {
      name: "close-migration",
      description: "Closes a migration and destroys its credentials",
      environment,
      // 100,000 accounts' credentials, one delete each.
      timeout: Duration.minutes(15),
      memory,
    });
    this.recordFailure = new MailferryFunction(this, on, {
      name: "record-failure",
      description: "Records why a migration's workflow ended",
      environment,
      timeout: Duration.minutes(1),
      memory,
    });
    for (const user of [this.verifyDomain, this.openPhase, this.closeMigration, this.recordFailure]) {
      on.table.grantUse(user);
    }
    on.directories.grantRead(this.verifyDomain);
    on.copyQueue.grantSendMessages(this.openPhase);
    on.noticesQueue.grantSendMessages(this.openPhase);
    grantAnswerTaskTokens(this.openPhase);
  }
}
