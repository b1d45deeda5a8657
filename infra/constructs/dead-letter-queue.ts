import { Duration, RemovalPolicy } from "aws-cdk-lib";
import { Stats } from "aws-cdk-lib/aws-cloudwatch";
import { Queue, QueueEncryption } from "aws-cdk-lib/aws-sqs";
import type { Construct } from "constructs";
import { acknowledge } from "./acknowledge.ts";
import type { OperatorAlarms, RunbookEntry } from "./operator-alarms.ts";

interface DeadLetterQueueProps {
  readonly alarms: OperatorAlarms;
  readonly runbookEntry: RunbookEntry;
  /** What it means that something lies here, as a sentence. */
  readonly says: string;
  /** Whether it takes what a FIFO queue gives up. @default a standard queue */
  readonly fifo?: boolean;
}

/**
 * Where work ends up that nobody could do: kept as long as SQS keeps anything, and an operator is called at once.
 * `infra/RUNBOOK.md` says how it is looked at and put back.
 */
export class DeadLetterQueue extends Queue {
  constructor(scope: Construct, id: string, { alarms, runbookEntry, says, fifo }: DeadLetterQueueProps) {
    super(scope, id, {
      ...(fifo === true ? { fifo } : {}),
      // Messages name mailboxes but carry neither mail nor secrets: SQS's own key is enough and costs no KMS request.
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
      removalPolicy: RemovalPolicy.DESTROY,
    });
    alarms.raise(this, {
      metric: this.metricApproximateNumberOfMessagesVisible({
        period: Duration.minutes(1),
        statistic: Stats.MAXIMUM,
      }),
      says,
      runbookEntry,
    });
    acknowledge(
      this,
      "AwsSolutions-SQS3",
      "It is a dead-letter queue; the rule knows those of queues only, not those of event targets and functions.",
    );
  }
}
