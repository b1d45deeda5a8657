import type { ErrorName } from "../../shared/contract/errors.ts";

/**
 * Error names that AWS itself reports to a workflow: Step Functions developer guide, "Handling errors in Step Functions
 * workflows" (States.*, Sandbox.Timedout, Lambda.Unknown) and "Handle transient Lambda service exceptions" (Lambda.*).
 */
export const awsErrorNames = [
  "States.ALL",
  "States.TaskFailed",
  "States.Timeout",
  "Lambda.ServiceException",
  "Lambda.AWSLambdaException",
  "Lambda.SdkClientException",
  "Lambda.ClientExecutionTimeoutException",
  "Lambda.TooManyRequestsException",
  "Lambda.Unknown",
  "Sandbox.Timedout",
] as const;

/** What a Retry or a Catch may name: our own vocabulary or AWS's. A name that nobody ever throws does not compile. */
export type WorkflowError = ErrorName | (typeof awsErrorNames)[number];
