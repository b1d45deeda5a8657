import { Duration, RemovalPolicy } from "aws-cdk-lib";
import { Queue, QueueEncryption } from "aws-cdk-lib/aws-sqs";
import type { Construct } from "constructs";
import { noticesQueue } from "../../shared/contract/queue.ts";
import { DeadLetterQueue } from "./dead-letter-queue.ts";
import type { OperatorAlarms } from "./operator-alarms.ts";

interface NoticesQueueProps {
  readonly alarms: OperatorAlarms;
}

/**
 * Notices to members, one message each. Not FIFO: no notice has to come after another, and one that SES lets wait must not hold up
 * the rest.
 */
export class NoticesQueue extends Queue {
  constructor(scope: Construct, id: string, { alarms }: NoticesQueueProps) {
    const deadLetters = new DeadLetterQueue(scope, "NoticesDeadLetters", {
      alarms,
      runbookEntry: "notices-dead-letters",
      says: `A notice to a member was given up after ${noticesQueue.maxReceiveCount} tries; the member does not know that a password is wanted.`,
    });
    super(scope, id, {
      visibilityTimeout: Duration.seconds(noticesQueue.visibilityTimeoutSeconds),
      retentionPeriod: Duration.days(14),
      deadLetterQueue: { queue: deadLetters, maxReceiveCount: noticesQueue.maxReceiveCount },
      // Messages name an address and carry neither a link nor a password.
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      removalPolicy: RemovalPolicy.DESTROY,
    });
  }
}
