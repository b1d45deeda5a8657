import { z } from "zod";
import type { MeterReadings } from "./meters.ts";
import type { PlannedWork } from "./planned-work.ts";
import { Cost, price } from "./price.ts";

/** What a migration is going to cost, from its plan, at list prices; `cost.parts.egress` is the mail that leaves AWS. */
export const CostEstimate = z.strictObject({
  cost: Cost,
  /** Mailboxes whose mail is in it. */
  mailboxes: z.number().int().min(0),
  /** Mailboxes that nobody has looked at yet; theirs comes on top. */
  unplanned: z.number().int().min(0),
  messages: z.number().int().min(0),
  bytes: z.number().int().min(0),
});
export type CostEstimate = z.infer<typeof CostEstimate>;

/**
 * What one queue message costs in requests: sent, received, kept invisible, deleted; the claim and the connection slot taken and given
 * back; migration, account, folders and batches read; intent, outcome and progress written. Counted on 2026-11-22 in the local
 * pipeline, 9 pieces of work for 3 mailboxes came to 35 SQS requests and 290 units, where this says 36 and 270.
 */
const perWork = { sqsRequests: 4, dynamodbReads: 12, dynamodbWrites: 10 } as const;

/** A mailbox is planned and completed besides, and its two credentials are opened for every piece of work. */
const worksPerMailbox = 2;
const kmsPerWork = 2;

/** A folder record and a summary for each of the dozen folders that a mailbox has. */
const writesPerMailbox = 24;

/**
 * Lambda: connecting to two servers; then whichever is slower of 200 messages and 4 MB a second over a real network, which is a
 * fifth of what was measured at 20 ms of round trip. Memory as it is deployed by default.
 */
const secondsPerWork = 3;
const messagesPerSecond = 200;
const bytesPerSecond = 4_000_000;
const gigabytes = 0.5;

/** The workflow's transitions and a tick each minute for a day are the same for one mailbox and for many. */
const perMigration: MeterReadings = {
  stateTransitions: 20,
  lambdaRequests: 1_440,
  lambdaGbSeconds: 1_440 * 0.25,
  dynamodbReads: 1_440 * 4,
  s3Requests: 20,
};

/** What this much work costs in one pass over everything. */
export const estimate = (work: PlannedWork): CostEstimate => {
  const works = work.batches + work.mailboxes * worksPerMailbox;
  const copying = Math.max(work.messages / messagesPerSecond, work.bytes / bytesPerSecond);
  const readings: MeterReadings = {
    ...perMigration,
    sqsRequests: works * perWork.sqsRequests,
    dynamodbReads: works * perWork.dynamodbReads + (perMigration.dynamodbReads ?? 0),
    dynamodbWrites: works * perWork.dynamodbWrites + work.mailboxes * writesPerMailbox,
    kmsRequests: works * kmsPerWork,
    lambdaRequests: works + (perMigration.lambdaRequests ?? 0),
    lambdaGbSeconds: (works * secondsPerWork + copying) * gigabytes + (perMigration.lambdaGbSeconds ?? 0),
  };
  const { mailboxes, unplanned, messages, bytes } = work;
  return { cost: price(readings, bytes), mailboxes, unplanned, messages, bytes };
};
