import { z } from "zod";
import { flag, integer } from "./scalars.ts";

/** AWS::SQS::Queue. Times in seconds, defaults those of the resource's documentation. */
export const queueProperties = z.strictObject({
  QueueName: z.string().optional(),
  FifoQueue: flag.default(false),
  ContentBasedDeduplication: flag.default(false),
  DeduplicationScope: z.enum(["queue", "messageGroup"]).default("queue"),
  DelaySeconds: integer.default(0),
  MaximumMessageSize: integer.default(1_048_576),
  MessageRetentionPeriod: integer.default(345_600),
  ReceiveMessageWaitTimeSeconds: integer.default(0),
  VisibilityTimeout: integer.default(30),
  RedrivePolicy: z.strictObject({ deadLetterTargetArn: z.string(), maxReceiveCount: integer }).optional(),
});

export type QueueProperties = z.output<typeof queueProperties>;
