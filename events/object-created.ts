import { z } from "zod";

/** S3's "Object Created" through EventBridge: the admin's workbook has arrived. Keys are not URL-encoded in this event. */
export const ObjectCreatedEvent = z.object({
  source: z.literal("aws.s3"),
  "detail-type": z.literal("Object Created"),
  detail: z.object({
    bucket: z.object({ name: z.string().min(1) }),
    object: z.object({
      key: z.string().min(1).max(1_024),
      size: z.number().int().min(0),
      etag: z.string().optional(),
      "version-id": z.string().optional(),
      /** Differs for every event of a key: what tells an upload made again from an event delivered again. */
      sequencer: z.string().optional(),
    }),
  }),
});
export type ObjectCreatedEvent = z.infer<typeof ObjectCreatedEvent>;
