/** What the local cloud counts so that a run can be priced as AWS would bill it. Kept in memory, journalled by its owner. */
export interface Metering {
  /** Adds `count` billable requests (or state transitions, or read/write units) to a service's counter. */
  count(meter: Meter, amount?: number): void;
  /** The counters as they stand. */
  readings(): MeterReadings;
}

/** One thing that AWS bills for. */
export type Meter =
  | "sqsRequests"
  | "dynamodbReads"
  | "dynamodbWrites"
  | "stateTransitions"
  | "lambdaRequests"
  | "lambdaGbSeconds"
  | "s3Requests"
  | "kmsRequests"
  | "eventsPublished"
  | "secretsRequests"
  | "httpApiRequests"
  | "emailsSent";

export type MeterReadings = Readonly<Record<Meter, number>>;

/** The readings of a run that has not begun. */
export const nothingCounted: MeterReadings = {
  sqsRequests: 0,
  dynamodbReads: 0,
  dynamodbWrites: 0,
  stateTransitions: 0,
  lambdaRequests: 0,
  lambdaGbSeconds: 0,
  s3Requests: 0,
  kmsRequests: 0,
  eventsPublished: 0,
  secretsRequests: 0,
  httpApiRequests: 0,
  emailsSent: 0,
};
