import { z } from "zod";
import { flag } from "./scalars.ts";

/**
 * AWS::S3::Bucket, with or without versions. Notifications only through EventBridge: CDK wires the other kinds with a custom
 * resource, which runs nowhere here.
 */
export const bucketProperties = z.strictObject({
  BucketName: z.string().optional(),
  VersioningConfiguration: z.strictObject({ Status: z.enum(["Enabled", "Suspended"]) }).optional(),
  NotificationConfiguration: z
    .strictObject({
      EventBridgeConfiguration: z.strictObject({ EventBridgeEnabled: flag.default(true) }).optional(),
    })
    .optional(),
});

export type BucketProperties = z.output<typeof bucketProperties>;
