import type { QueueSettings } from "../services/sqs/queue.ts";
import type { QueueProperties } from "../template/properties/sqs.ts";
import type { Identity } from "../template/resource.ts";

/** A queue of the template as the queue store keeps it. */
export const queueSettings = (properties: QueueProperties, { name, arn }: Identity): QueueSettings => ({
  name,
  arn,
  fifo: properties.FifoQueue,
  contentBasedDeduplication: properties.ContentBasedDeduplication,
  deduplicationScope: properties.DeduplicationScope,
  delaySeconds: properties.DelaySeconds,
  maximumMessageSize: properties.MaximumMessageSize,
  retentionSeconds: properties.MessageRetentionPeriod,
  receiveWaitSeconds: properties.ReceiveMessageWaitTimeSeconds,
  visibilityTimeoutSeconds: properties.VisibilityTimeout,
  ...(properties.RedrivePolicy === undefined
    ? {}
    : {
        redrive: {
          deadLetterArn: properties.RedrivePolicy.deadLetterTargetArn,
          maxReceiveCount: properties.RedrivePolicy.maxReceiveCount,
        },
      }),
});
