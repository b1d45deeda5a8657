import type { InvocationResult } from "../service.ts";

/** An asynchronous invocation that is not tried again. */
export interface GivenUp {
  readonly requestId: string;
  readonly functionArn: string;
  readonly attempts: number;
  readonly condition: "RetriesExhausted" | "EventAgeExceeded";
  readonly payload: unknown;
  readonly result: InvocationResult & { kind: "failed" };
  readonly at: Date;
}

/**
 * What an on-failure destination receives
 * (https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html).
 */
export const failureRecord = (givenUp: GivenUp): string =>
  JSON.stringify({
    version: "1.0",
    timestamp: givenUp.at.toISOString(),
    requestContext: {
      requestId: givenUp.requestId,
      functionArn: `${givenUp.functionArn}:$LATEST`,
      condition: givenUp.condition,
      approximateInvokeCount: givenUp.attempts,
    },
    requestPayload: givenUp.payload,
    responseContext: { statusCode: 200, executedVersion: "$LATEST", functionError: "Unhandled" },
    responsePayload: { errorType: givenUp.result.errorType, errorMessage: givenUp.result.errorMessage },
  });
