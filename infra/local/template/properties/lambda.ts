import { z } from "zod";
import { flag, integer } from "./scalars.ts";

/** AWS::Lambda::Function from a directory asset. `Timeout` in seconds, `MemorySize` in MB, defaults as Lambda's. */
export const functionProperties = z.strictObject({
  FunctionName: z.string().optional(),
  PackageType: z.literal("Zip").optional(),
  Runtime: z.literal("nodejs24.x"),
  Handler: z.string().regex(/^[\w./-]+\.\w+$/, "expected file.export"),
  Code: z.strictObject({ S3Bucket: z.string(), S3Key: z.string() }),
  Environment: z.strictObject({ Variables: z.record(z.string(), z.string()).default({}) }).optional(),
  Timeout: integer.default(3),
  MemorySize: integer.default(128),
  ReservedConcurrentExecutions: integer.pipe(z.number().min(1)).optional(),
});

export type FunctionProperties = z.output<typeof functionProperties>;

/**
 * AWS::Lambda::EventSourceMapping of a queue, without filters and without a batching window, which FIFO queues do not have
 * and which batches of more than ten messages need.
 */
export const eventSourceMappingProperties = z.strictObject({
  EventSourceArn: z.string().regex(/^arn:aws:sqs:/, "only SQS queues are polled here"),
  FunctionName: z.string(),
  BatchSize: integer.pipe(z.number().min(1).max(10)).default(10),
  Enabled: flag.default(true),
  FunctionResponseTypes: z.array(z.literal("ReportBatchItemFailures")).default([]),
  ScalingConfig: z
    .strictObject({ MaximumConcurrency: integer.pipe(z.number().min(2).max(1_000)) })
    .optional(),
});

export type EventSourceMappingProperties = z.output<typeof eventSourceMappingProperties>;

/** AWS::Lambda::EventInvokeConfig: how often an asynchronous invocation is tried again and where it ends up at last. */
export const eventInvokeProperties = z.strictObject({
  FunctionName: z.string(),
  Qualifier: z.literal("$LATEST"),
  MaximumRetryAttempts: integer.default(2),
  MaximumEventAgeInSeconds: integer.default(21_600),
  DestinationConfig: z
    .strictObject({
      OnFailure: z
        .strictObject({ Destination: z.string().regex(/^arn:aws:sqs:/, "only SQS queues are reached here") })
        .optional(),
    })
    .optional(),
});

export type EventInvokeProperties = z.output<typeof eventInvokeProperties>;
