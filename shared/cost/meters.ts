import { z } from "zod";

/** Everything that AWS bills a migration for but its traffic, by the name under which it is counted. */
export const Meter = z.enum([
  "sqsRequests",
  "dynamodbReads",
  "dynamodbWrites",
  "stateTransitions",
  "lambdaRequests",
  "lambdaGbSeconds",
  "s3Requests",
  "kmsRequests",
  "eventsPublished",
  "secretsRequests",
  "httpApiRequests",
  "emailsSent",
]);
export type Meter = z.infer<typeof Meter>;

/**
 * The meters' readings: requests; for DynamoDB consumed capacity units; for Lambda requests and GB-seconds. A meter that
 * never moved may be left out.
 */
export const MeterReadings = z.partialRecord(Meter, z.number().min(0));
export type MeterReadings = z.infer<typeof MeterReadings>;
