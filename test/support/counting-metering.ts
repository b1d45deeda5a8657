import type { Meter, Metering, MeterReadings } from "../../infra/local/metering.ts";

/** A metering that counts in memory, for tests of one service. */
export const countingMetering = (): Metering => {
  const counted: Record<Meter, number> = {
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
  return {
    count: (meter, amount = 1) => {
      counted[meter] += amount;
    },
    readings: (): MeterReadings => ({ ...counted }),
  };
};
