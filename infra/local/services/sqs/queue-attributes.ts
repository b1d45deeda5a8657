import type { QueueDepth, QueueSettings } from "./queue.ts";

/** The attributes of `GetQueueAttributes` that were asked for by name, or all of them. */
export const queueAttributes = (
  queue: QueueSettings,
  depth: QueueDepth,
  names: readonly string[],
): Record<string, string> => {
  const all: Record<string, string> = {
    QueueArn: queue.arn,
    ApproximateNumberOfMessages: String(depth.visible),
    ApproximateNumberOfMessagesNotVisible: String(depth.inFlight),
    ApproximateNumberOfMessagesDelayed: String(depth.delayed),
    VisibilityTimeout: String(queue.visibilityTimeoutSeconds),
    MessageRetentionPeriod: String(queue.retentionSeconds),
    MaximumMessageSize: String(queue.maximumMessageSize),
    DelaySeconds: String(queue.delaySeconds),
    ReceiveMessageWaitTimeSeconds: String(queue.receiveWaitSeconds),
  };
  if (queue.fifo) {
    all.FifoQueue = "true";
    all.ContentBasedDeduplication = String(queue.contentBasedDeduplication);
    all.DeduplicationScope = queue.deduplicationScope;
  }
  if (queue.redrive !== undefined) {
    all.RedrivePolicy = JSON.stringify({
      deadLetterTargetArn: queue.redrive.deadLetterArn,
      maxReceiveCount: queue.redrive.maxReceiveCount,
    });
  }
  return names.includes("All")
    ? all
    : Object.fromEntries(Object.entries(all).filter(([name]) => names.includes(name)));
};
