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
