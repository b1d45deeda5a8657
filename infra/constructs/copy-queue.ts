import { Duration, RemovalPolicy } from "aws-cdk-lib";
import { DeduplicationScope, FifoThroughputLimit, Queue, QueueEncryption } from "aws-cdk-lib/aws-sqs";
import type { Construct } from "constructs";
import { copyQueue } from "../../shared/contract/queue.ts";
import { DeadLetterQueue } from "./dead-letter-queue.ts";
import type { OperatorAlarms } from "./operator-alarms.ts";

interface CopyQueueProps {
  readonly alarms: OperatorAlarms;
}

/**
 * The copy work of all mailboxes. FIFO with the mailbox as message group: one mailbox is worked on by one worker at a
 * time and in order, while many mailboxes go on side by side.
 *
 * Redrive is `StartMessageMoveTask` (see the runbook) and not a switched-off event source on the dead-letter queue: message
 * groups are kept apart per queue, so a second queue feeding the worker would let two workers write to one mailbox.
 */
export class CopyQueue extends Queue {
  readonly deadLetters: DeadLetterQueue;

  constructor(scope: Construct, id: string, { alarms }: CopyQueueProps) {
    const deadLetters = new DeadLetterQueue(scope, "CopyDeadLetters", {
      alarms,
      runbookEntry: "copy-dead-letters",
      says: `Copy work was given up after ${copyQueue.maxReceiveCount} tries; its mailbox is marked as failed.`,
      fifo: true,
    });
    super(scope, id, {
      fifo: true,
      // Throughput and deduplication per mailbox, so that 100,000 mailboxes do not share one quota of 300 requests a second.
      fifoThroughputLimit: FifoThroughputLimit.PER_MESSAGE_GROUP_ID,
      deduplicationScope: DeduplicationScope.MESSAGE_GROUP,
      visibilityTimeout: Duration.seconds(copyQueue.visibilityTimeoutSeconds),
      // As long as SQS allows: work that waits behind 100,000 mailboxes must not silently expire.
      retentionPeriod: Duration.days(14),
      deadLetterQueue: { queue: deadLetters, maxReceiveCount: copyQueue.maxReceiveCount },
      // Messages carry references only: SQS's own key is enough and costs no KMS request per message.
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    this.deadLetters = deadLetters;
  }
}
