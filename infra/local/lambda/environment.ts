import { Worker } from "node:worker_threads";
import type { DeployedFunction } from "./deployed-function.ts";
import { functionHeap } from "./function-heap.ts";
import type { FunctionLog } from "./function-log.ts";
import { optimiseLate } from "./late-optimisation.ts";
import {
  type InvocationOrder,
  type ReportedError,
  reportedError,
  type WorkerReport,
  type WorkerSettings,
} from "./messages.ts";

/** How one run in an environment ended. After anything but `returned` and `threw` the environment is gone. */
export type RunEnd =
  | { readonly kind: "returned"; readonly payload: string }
  | { readonly kind: "threw"; readonly error: ReportedError }
  | { readonly kind: "died"; readonly error: ReportedError };

/** Lambda gives loading 10 s; a loaded laptop starts several at once, and being late here would be a failure AWS would not have. */
const loadingMilliseconds = 60_000;

/**
 * One execution environment: a worker thread with the function's code loaded, its own environment variables and its own
 * heap limit. It runs one invocation at a time, as on Lambda.
 */
export class ExecutionEnvironment {
  readonly deployed: DeployedFunction;
  readonly #worker: Worker;
  readonly #loading = Promise.withResolvers<void>();
  #isReady = false;
  #death: ReportedError | undefined;
  /** Set while an invocation is under way. */
  #begin: (() => void) | undefined;
  #settle: ((end: RunEnd) => void) | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(deployed: DeployedFunction, log: FunctionLog) {
    this.deployed = deployed;
    this.#worker = startWorker(deployed);
    this.#worker.stdout.on("data", (chunk: Buffer) => log.append(chunk));
    this.#worker.stderr.on("data", (chunk: Buffer) => log.append(chunk));
    this.#worker.on("message", (report: WorkerReport) => this.#hear(report));
    this.#worker.on("error", (error) => this.#die(deathOf(error)));
    this.#worker.on("exit", (code) =>
      this.#die({
        errorType: "Runtime.ExitError",
        errorMessage: `Runtime exited with error: exit status ${code}`,
      }),
    );
  }

  get isAlive(): boolean {
    return this.#death === undefined;
  }

  /** When its code is loaded, or it died of it. */
  get loaded(): Promise<void> {
    return this.#loading.promise;
  }

  /** Runs the handler once; the function's timeout starts when its code is loaded. */
  async run(requestId: string, payload: string): Promise<RunEnd> {
    const ended = Promise.withResolvers<RunEnd>();
    const milliseconds = this.deployed.timeoutSeconds * 1000;
    this.#settle = ended.resolve;
    this.#begin = () => {
      const deadline = Date.now() + milliseconds;
      this.#worker.postMessage({ requestId, payload, deadline } satisfies InvocationOrder);
      this.#endAfter(milliseconds);
    };
    if (this.#death !== undefined) {
      ended.resolve({ kind: "died", error: this.#death });
    } else if (this.#isReady) {
      this.#begin();
    } else {
      this.#endAfter(loadingMilliseconds);
    }
    const end = await ended.promise;
    clearTimeout(this.#timer);
    this.#settle = undefined;
    this.#begin = undefined;
    return end.kind === "died" ? { kind: "died", error: forRequest(requestId, end.error) } : end;
  }

  async terminate(): Promise<void> {
    this.#die({ errorType: "Runtime.ExitError", errorMessage: "Runtime exited: it was terminated" });
    await this.#worker.terminate();
  }

  #hear(report: WorkerReport): void {
    switch (report.kind) {
      case "ready":
        this.#isReady = true;
        this.#loading.resolve();
        this.#begin?.();
        return;
      case "unusable":
      case "crashed":
        this.#die(report.error);
        return;
      case "returned":
      case "threw":
        this.#settle?.(report);
    }
  }

  /** The first cause counts: a worker that is terminated for its timeout also exits. */
  #die(error: ReportedError): void {
    this.#death ??= error;
    this.#loading.resolve();
    this.#settle?.({ kind: "died", error: this.#death });
  }

  #endAfter(milliseconds: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#die({
        errorType: "Sandbox.Timedout",
        errorMessage: `Task timed out after ${(milliseconds / 1000).toFixed(2)} seconds`,
      });
      void this.terminate();
    }, milliseconds);
  }
}

const startWorker = (deployed: DeployedFunction): Worker => {
  optimiseLate();
  return new Worker(new URL("./worker.ts", import.meta.url), {
    env: deployed.environment,
    execArgv: [],
    stdout: true,
    stderr: true,
    resourceLimits: functionHeap(deployed.memoryMegabytes),
    workerData: {
      codeDirectory: deployed.codeDirectory,
      handler: deployed.handler,
      functionName: deployed.name,
      functionArn: deployed.arn,
      memoryMegabytes: deployed.memoryMegabytes,
    } satisfies WorkerSettings,
  });
};

const deathOf = (error: unknown): ReportedError =>
  error instanceof Error && "code" in error && error.code === "ERR_WORKER_OUT_OF_MEMORY"
    ? { errorType: "Runtime.OutOfMemory", errorMessage: "Runtime exited with error: signal: killed" }
    : reportedError(error);

/** Lambda puts the request id before the words of what it reports itself. */
const forRequest = (requestId: string, { errorType, errorMessage }: ReportedError): ReportedError => ({
  errorType,
  errorMessage: /^(Runtime|Sandbox)\./.test(errorType)
    ? `RequestId: ${requestId} Error: ${errorMessage}`
    : errorMessage,
});
