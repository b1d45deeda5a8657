import { z } from "zod";

const keySchema = z.array(z.strictObject({ AttributeName: z.string(), KeyType: z.enum(["HASH", "RANGE"]) }));

/** AWS::DynamoDB::Table, on-demand only: provisioned throughput would have to be throttled to mean anything. */
export const tableProperties = z.strictObject({
  TableName: z.string().optional(),
  BillingMode: z.literal("PAY_PER_REQUEST"),
  KeySchema: keySchema,
  AttributeDefinitions: z.array(
    z.strictObject({ AttributeName: z.string(), AttributeType: z.enum(["S", "N", "B"]) }),
  ),
  GlobalSecondaryIndexes: z
    .array(
      z.strictObject({
        IndexName: z.string(),
        KeySchema: keySchema,
        Projection: z.strictObject({
          ProjectionType: z.enum(["ALL", "KEYS_ONLY", "INCLUDE"]),
          NonKeyAttributes: z.array(z.string()).optional(),
        }),
      }),
    )
    .optional(),
});

export type TableProperties = z.output<typeof tableProperties>;
