import { z } from "zod";

/**
 * Route 53's ChangeResourceRecordSets as CloudTrail reports it through EventBridge. CloudTrail spells `tTL`. A call that
 * failed carries `errorCode` and means nothing changed.
 */
export const Route53ChangeEvent = z.object({
  source: z.literal("aws.route53"),
  "detail-type": z.literal("AWS API Call via CloudTrail"),
  time: z.string(),
  detail: z.object({
    eventSource: z.literal("route53.amazonaws.com"),
    eventName: z.literal("ChangeResourceRecordSets"),
    errorCode: z.string().optional(),
    requestParameters: z.object({
      hostedZoneId: z.string(),
      changeBatch: z.object({
        changes: z
          .array(
            z.object({
              action: z.enum(["CREATE", "DELETE", "UPSERT"]),
              resourceRecordSet: z.object({ name: z.string(), type: z.string() }),
            }),
          )
          .max(1_000),
      }),
    }),
  }),
});
export type Route53ChangeEvent = z.infer<typeof Route53ChangeEvent>;
