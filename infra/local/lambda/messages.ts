/** What a worker thread is started with. */
export interface WorkerSettings {
  readonly codeDirectory: string;
  readonly handler: string;
  readonly functionName: string;
  readonly functionArn: string;
  readonly memoryMegabytes: number;
}

/** To the worker: run the handler once. The payload is JSON text, as it would be on the wire. */
export interface InvocationOrder {
  readonly requestId: string;
  readonly payload: string;
  /** Milliseconds since 1970 when the function is cut off. */
  readonly deadline: number;
}

/** From the worker. `ready` and `unusable` tell how loading the code ended. */
export type WorkerReport =
  | { readonly kind: "ready" }
  | { readonly kind: "unusable"; readonly error: ReportedError }
  | { readonly kind: "returned"; readonly payload: string }
  | { readonly kind: "threw"; readonly error: ReportedError }
  | { readonly kind: "crashed"; readonly error: ReportedError };

/** `errorType` is what Step Functions matches in `ErrorEquals`. */
export interface ReportedError {
  readonly errorType: string;
  readonly errorMessage: string;
}

/**
 * As the Node runtime of Lambda reports what was thrown: `error.name` and `error.message`; for something that is no error
 * its type and its text (aws/aws-lambda-nodejs-runtime-interface-client, src/Errors.js).
 */
export const reportedError = (thrown: unknown): ReportedError =>
  thrown instanceof Error
    ? { errorType: thrown.name, errorMessage: thrown.message }
    : { errorType: typeof thrown, errorMessage: String(thrown) };
