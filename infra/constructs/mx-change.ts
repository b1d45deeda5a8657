import { Duration, Size } from "aws-cdk-lib";
import { Rule } from "aws-cdk-lib/aws-events";
import { Construct } from "constructs";
import { mailferrySource, mxChangeDetectedType } from "../../events/mx-change-detected.ts";
import { DeadLetterQueue } from "./dead-letter-queue.ts";
import { deliverTo } from "./event-delivery.ts";
import type { Foundations } from "./foundations.ts";
import { MailferryFunction } from "./mailferry-function.ts";

/** Phase 4: somebody saw the MX change, whoever it was; the function then asks every name server itself. */
export class MxChange extends Construct {
  constructor(
    scope: Construct,
    id: string,
    on: Pick<
      Foundations,
      "alarms" | "bus" | "code" | "copyQueue" | "noticesQueue" | "settings" | "table" | "uploads"
    >,
  ) {
    super(scope, id);
    const mxChange = new MailferryFunction(this, on, {
      name: "mx-change",
      description: "Verifies a reported MX change at every name server and starts the final switch",
      environment: {
        TABLE_NAME: on.table.tableName,
        COPY_QUEUE_URL: on.copyQueue.queueUrl,
        NOTICES_QUEUE_URL: on.noticesQueue.queueUrl,
        UPLOADS_BUCKET: on.uploads.bucketName,
      },
      timeout: Duration.minutes(5),
      // A directory of 100,000 members is held while they are given addresses.
      memory: Size.mebibytes(512),
    });
    on.table.grantUse(mxChange);
    on.uploads.grantReadDirectories(mxChange);
    on.copyQueue.grantSendMessages(mxChange);
    on.noticesQueue.grantSendMessages(mxChange);

    const target = deliverTo({
      to: mxChange,
      retries: 2,
      maxAge: Duration.hours(1),
      deadLetters: new DeadLetterQueue(this, "DeadLetters", {
        alarms: on.alarms,
        runbookEntry: "mx-change-dead-letters",
        says: "A reported MX change could not be verified; the switch is still waiting.",
      }),
    });
    new Rule(this, "MxChangeDetected", {
      description: "Our own DNS watch, or an admin's word, that the MX has been changed",
      eventBus: on.bus,
      eventPattern: { source: [mailferrySource], detailType: [mxChangeDetectedType] },
      targets: [target],
    });
    // Route 53 is a global service whose CloudTrail events reach the default bus of us-east-1 only, and only where a trail
    // records management events. Deployed elsewhere this rule stays silent, and the DNS watch sees the change a little later.
    new Rule(this, "Route53Changed", {
      description: "A zone in Route 53 was changed (CloudTrail; us-east-1 only)",
      eventPattern: {
        source: ["aws.route53"],
        detailType: ["AWS API Call via CloudTrail"],
        detail: { eventSource: ["route53.amazonaws.com"], eventName: ["ChangeResourceRecordSets"] },
      },
      targets: [target],
    });
  }
}
