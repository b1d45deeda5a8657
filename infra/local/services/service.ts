/**
 * One AWS service spoken on loopback, behind the gateway.
 *
 * The gateway picks the service by the credential scope of the SigV4 `Authorization` header
 * (`…/20261122/eu-central-1/states/aws4_request`), which every AWS SDK sends.
 */
export interface LocalService {
  /** The SigV4 signing name: `dynamodb`, `sqs`, `s3`, `states`, `events`, `kms`, `lambda`, … */
  readonly signingName: string;
  /** Answers one request. It never rejects for what a caller did wrong: that is an answer in the service's own protocol. */
  answer(request: ServiceRequest): Promise<ServiceAnswer>;
  /** Ends timers and listeners and leaves everything that must survive on disk. */
  stop(): Promise<void>;
}

/** An HTTP request as the gateway received it; the body is read whole and bounded before it gets here. */
export interface ServiceRequest {
  readonly method: string;
  /** Path with its query string, as sent. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: Buffer;
}

/** What goes back over HTTP. */
export interface ServiceAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Buffer;
}

/** Runs a function of the template; what Step Functions, EventBridge and the queue poller call. */
export interface FunctionInvoker {
  /**
   * Runs the function and waits for its end, as `InvocationType: RequestResponse` does.
   * A function that throws, times out or dies is a `failed` value, never a rejection.
   */
  invoke(functionArn: string, payload: unknown): Promise<InvocationResult>;
}

/** The two ends an invocation can have (`FunctionError` set or not in the Invoke API's answer). */
export type InvocationResult =
  | { readonly kind: "returned"; readonly payload: unknown }
  | { readonly kind: "failed"; readonly errorType: string; readonly errorMessage: string };
