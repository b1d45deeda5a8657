import { randomUUID } from "node:crypto";
import { availableParallelism } from "node:os";
import type { Metering } from "../metering.ts";
import type { FunctionInvoker, InvocationResult } from "../services/service.ts";
import { type DeployedFunction, functionNameOf } from "./deployed-function.ts";
import type { RunEnd } from "./environment.ts";
import { FunctionLog } from "./function-log.ts";
import { InvocationSlots } from "./slots.ts";
import { WarmEnvironments } from "./warm-environments.ts";

/**
 * Two functions a core keep a machine busy while half of them wait for mail servers; one environment is 30–60 MB, so this is
 * what bounds memory.
 */
export const defaultWorkerLimit = Math.max(4, 2 * availableParallelism());

/**
 * Environments alive for each function that may run: a migration goes through seven functions, mostly one after the other, and what is
 * loaded ahead for its end must not have to make room for the copying.
 */
const environmentsPerWorker = 3;

/** Long enough to stay warm through a phase, short enough that an idle cloud is small. */
const defaultIdleMilliseconds = 20_000;

/** Lambda's limit on what goes into and comes out of an invocation. */
const payloadBytes = 6 * 1024 * 1024;

/** A slot in which one invocation of one function may run; give it back by `run` or by `release`. */
export interface InvocationSlot {
  run(payload: unknown): Promise<InvocationResult>;
  release(): void;
}

export interface FunctionHostOptions {
  readonly dataDir: string;
  readonly metering: Metering;
  readonly workerLimit?: number | undefined;
  readonly idleMilliseconds?: number | undefined;
}

/** Runs the functions of the stack in worker threads, as Lambda runs them in execution environments. */
export class FunctionHost implements FunctionInvoker {
  readonly #functions = new Map<string, DeployedFunction>();
  readonly #logs = new Map<string, FunctionLog>();
  readonly #slots: InvocationSlots;
  readonly #environments: WarmEnvironments;
  readonly #options: FunctionHostOptions;
  #isStopped = false;

  constructor(options: FunctionHostOptions) {
    const limit = options.workerLimit ?? defaultWorkerLimit;
    this.#options = options;
    this.#slots = new InvocationSlots(limit);
    this.#environments = new WarmEnvironments(
      limit * environmentsPerWorker,
      options.idleMilliseconds ?? defaultIdleMilliseconds,
      ({ name }) => this.#logOf(name),
    );
  }

  deploy(deployed: DeployedFunction): void {
    this.#functions.set(deployed.name, deployed);
  }

  /** The function with this name or ARN, or undefined. */
  find(nameOrArn: string): DeployedFunction | undefined {
    return this.#functions.get(functionNameOf(nameOrArn));
  }

  /**
   * Loads functions before they are wanted, one after the other so that the first is ready soonest. It is what Lambda calls
   * provisioned concurrency, except that an environment nobody uses ends like any other idle one. A function that is named twice gets
   * two, one that has been called meanwhile has its first. Resolves when they are loaded.
   * @throws Error for a function that is not in the stack
   */
  loadAhead(names: readonly string[]): Promise<void> {
    return this.#prepare(names.map((name) => this.find(name) ?? missing(name)));
  }

  async invoke(functionArn: string, payload: unknown): Promise<InvocationResult> {
    const deployed = this.find(functionArn);
    if (deployed === undefined) {
      return failed("ResourceNotFoundException", `Function not found: ${functionArn}`);
    }
    const release = await this.#slots.acquire(deployed, "prompt");
    return this.#runIn(deployed, release, payload);
  }

  /** Waits for a slot without an invocation yet: a queue is received from only when its batch can run at once. */
  async slotFor(deployed: DeployedFunction): Promise<InvocationSlot> {
    const release = await this.#slots.acquire(deployed, "background");
    return { release, run: (payload) => this.#runIn(deployed, release, payload) };
  }

  /** Ends every environment. Invocations under way end as `failed`; whoever asked must know that the cloud is stopping. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    await this.#environments.terminateAll();
  }

  async #prepare(functions: readonly DeployedFunction[]): Promise<void> {
    for (const [index, deployed] of functions.entries()) {
      if (this.#isStopped) {
        return;
      }
      const wanted = functions.slice(0, index + 1).filter((other) => other === deployed).length;
      await this.#environments.prepare(deployed, wanted);
    }
  }

  async #runIn(deployed: DeployedFunction, release: () => void, payload: unknown): Promise<InvocationResult> {
    try {
      const text = JSON.stringify(payload ?? null);
      if (Buffer.byteLength(text) > payloadBytes) {
        return failed("RequestTooLargeException", `The payload is larger than ${payloadBytes} bytes`);
      }
      return this.#isStopped
        ? failed("Runtime.ExitError", "The local cloud is stopping")
        : await this.#run(deployed, text);
    } finally {
      release();
    }
  }

  async #run(deployed: DeployedFunction, payload: string): Promise<InvocationResult> {
    const requestId = randomUUID();
    const environment = this.#environments.take(deployed);
    const startedAt = performance.now();
    const end = await environment.run(requestId, payload);
    if (end.kind === "died") {
      await environment.terminate();
    }
    this.#environments.giveBack(environment);
    this.#account(deployed, requestId, end, Math.ceil(performance.now() - startedAt));
    return resultOf(end);
  }

  /** Lambda bills every millisecond begun, loading included, times the memory configured. */
  #account(deployed: DeployedFunction, requestId: string, end: RunEnd, milliseconds: number): void {
    this.#options.metering.count("lambdaRequests");
    this.#options.metering.count(
      "lambdaGbSeconds",
      (milliseconds / 1000) * (deployed.memoryMegabytes / 1024),
    );
    const outcome =
      end.kind === "returned" ? "" : `\tError: ${end.error.errorType}: ${end.error.errorMessage}`;
    this.#logOf(deployed.name).append(
      `REPORT RequestId: ${requestId}\tDuration: ${milliseconds} ms${outcome}\n`,
    );
  }

  #logOf(name: string): FunctionLog {
    const log = this.#logs.get(name) ?? new FunctionLog(this.#options.dataDir, name);
    this.#logs.set(name, log);
    return log;
  }
}

const missing = (name: string): never => {
  throw new Error(`There is no function ${name} to be loaded ahead`);
};

const failed = (errorType: string, errorMessage: string): InvocationResult => ({
  kind: "failed",
  errorType,
  errorMessage,
});

const resultOf = (end: RunEnd): InvocationResult => {
  if (end.kind !== "returned") {
    return { kind: "failed", ...end.error };
  }
  if (Buffer.byteLength(end.payload) > payloadBytes) {
    return failed(
      "Function.ResponseSizeTooLarge",
      `Response payload size exceeded the maximum of ${payloadBytes} bytes`,
    );
  }
  const payload: unknown = JSON.parse(end.payload);
  return { kind: "returned", payload };
};
