import type { Meter } from "./meters.ts";

/** When the prices below were written down; AWS' pricing pages are what counts, and they change a few times a year. */
export const pricesAsOf = "2026-11-22";

/** Whose prices they are. */
export const pricedRegion = "us-east-1";

const million = 1_000_000;

/**
 * List prices in US dollars for one unit, without free tiers and discounts: a bill may be lower, not higher, for what is
 * counted. Lambda on arm64, SQS FIFO, DynamoDB on demand (strongly consistent reads of 4 KB, writes of 1 KB), S3 at its
 * dearest request class (PUT, LIST), HTTP APIs by 512 KB begun, mails without attachments by recipient.
 */
export const pricePerUnit = {
  sqsRequests: 0.5 / million,
  dynamodbReads: 0.125 / million,
  dynamodbWrites: 0.625 / million,
  stateTransitions: 25 / million,
  lambdaRequests: 0.2 / million,
  lambdaGbSeconds: 0.0000133334,
  s3Requests: 0.005 / 1_000,
  kmsRequests: 0.03 / 10_000,
  eventsPublished: 1 / million,
  secretsRequests: 0.05 / 10_000,
  httpApiRequests: 1 / million,
  emailsSent: 0.1 / 1_000,
} as const satisfies Record<Meter, number>;

/** A gigabyte (2^30 bytes) out of AWS to the internet, first 10 TB of a month. */
export const pricePerEgressGigabyte = 0.09;
