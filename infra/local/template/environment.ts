/** What the pseudo parameters of a template stand for on this machine. */
export interface StackEnvironment {
  readonly stackName: string;
  readonly region: string;
  /** `http://127.0.0.1:<port>`: queue URLs carry it, and the SQS client follows the host of a queue URL. */
  readonly endpoint: string;
  /** `http://127.0.0.1:<port>` of the HTTP API. */
  readonly httpApiEndpoint: string;
}

/** Twelve zeroes: a well-formed account id that belongs to nobody. */
export const localAccountId = "000000000000";

/** The ARN of something in the local account. */
export const arnOf = (environment: StackEnvironment, service: string, resource: string): string =>
  `arn:aws:${service}:${environment.region}:${localAccountId}:${resource}`;

/** Deterministic, because a stack that is booted again is the same stack. */
export const stackIdOf = (environment: StackEnvironment): string =>
  arnOf(environment, "cloudformation", `stack/${environment.stackName}/local`);

/** The value of a pseudo parameter, or undefined when the name is none that is known here. `AWS::NoValue` is an intrinsic's business. */
export const pseudoParameter = (environment: StackEnvironment, name: string): string | undefined => {
  const values: Readonly<Record<string, string>> = {
    "AWS::Region": environment.region,
    "AWS::AccountId": localAccountId,
    "AWS::Partition": "aws",
    "AWS::URLSuffix": "amazonaws.com",
    "AWS::StackName": environment.stackName,
    "AWS::StackId": stackIdOf(environment),
  };
  return values[name];
};
