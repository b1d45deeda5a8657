import { z } from "zod";
import { Meter, type MeterReadings } from "./meters.ts";
import { pricePerEgressGigabyte, pricePerUnit } from "./prices.ts";

const Usd = z.number().min(0);

/** What a bill is made of, service by service as AWS names them; `egress` is the mail that leaves AWS for the target. */
export const CostParts = z.strictObject({
  lambda: Usd,
  sqs: Usd,
  dynamodb: Usd,
  stepFunctions: Usd,
  s3: Usd,
  kms: Usd,
  eventBridge: Usd,
  secretsManager: Usd,
  /** Absent in what was priced before there were pages and mails. */
  apiGateway: Usd.default(0),
  ses: Usd.default(0),
  egress: Usd,
});
export type CostParts = z.infer<typeof CostParts>;

/** What a migration costs on AWS; `usd` is the sum of the parts. */
export const Cost = z.strictObject({
  usd: Usd,
  parts: CostParts,
  requests: z.strictObject({
    sqs: z.number().min(0),
    /** Read and write units together. */
    dynamodb: z.number().min(0),
    states: z.number().min(0),
    lambdaGbSeconds: z.number().min(0),
  }),
});
export type Cost = z.infer<typeof Cost>;

/** Prices what was counted; `bytesToTarget` are the bytes of mail written to the target. Dollars to six decimals. */
export const price = (readings: MeterReadings, bytesToTarget: number): Cost => {
  const count = (meter: Meter): number => readings[meter] ?? 0;
  const priced = (...meters: readonly Meter[]): number =>
    rounded(meters.reduce((sum, meter) => sum + count(meter) * pricePerUnit[meter], 0));
  const parts: CostParts = {
    lambda: priced("lambdaRequests", "lambdaGbSeconds"),
    sqs: priced("sqsRequests"),
    dynamodb: priced("dynamodbReads", "dynamodbWrites"),
    stepFunctions: priced("stateTransitions"),
    s3: priced("s3Requests"),
    kms: priced("kmsRequests"),
    eventBridge: priced("eventsPublished"),
    secretsManager: priced("secretsRequests"),
    apiGateway: priced("httpApiRequests"),
    ses: priced("emailsSent"),
    egress: rounded((bytesToTarget / 2 ** 30) * pricePerEgressGigabyte),
  };
  return {
    usd: rounded(Object.values(parts).reduce((sum, usd) => sum + usd, 0)),
    parts,
    requests: {
      sqs: count("sqsRequests"),
      dynamodb: count("dynamodbReads") + count("dynamodbWrites"),
      states: count("stateTransitions"),
      lambdaGbSeconds: rounded(count("lambdaGbSeconds")),
    },
  };
};

const rounded = (usd: number): number => Math.round(usd * 1_000_000) / 1_000_000;

/** What was counted between two readings; a meter that was read lower afterwards was begun anew and counts from zero. */
export const countedBetween = (before: MeterReadings, after: MeterReadings): MeterReadings => {
  const counted: MeterReadings = {};
  for (const meter of Meter.options) {
    const difference = (after[meter] ?? 0) - (before[meter] ?? 0);
    counted[meter] = difference < 0 ? (after[meter] ?? 0) : difference;
  }
  return counted;
};
