import { z } from "zod";
import type { InvocationResult } from "../service.ts";
import { type Abandonment, abandonment, TaskAbandoned } from "./abandonment.ts";
import type { Outcome } from "./attempts.ts";
import type { Execution } from "./executions.ts";
import type { TaskState } from "./shape.ts";
import type { RunningTask } from "./step.ts";
import type { Store } from "./store.ts";
import { PAYLOAD_LIMIT } from "./transitions.ts";
import type { Waiters } from "./waiters.ts";

/** A Task state while it runs. */
export interface StateTask extends RunningTask {
  /** What `$$.Task.Token` reads. */
  readonly token: string;
  /** Ends whatever still waits, without an effect on the execution. */
  abandon(): void;
}

export interface TaskServices {
  readonly store: Store;
  readonly waiters: Waiters;
  readonly invoke: (functionName: string, payload: unknown) => Promise<InvocationResult>;
  readonly now: () => number;
}

/**
 * `arn:aws:states:::lambda:invoke`. An invocation that a restart cut off starts again with a fresh clock: what it had
 * done so far died with the process, and failing a migration because the machine was switched off over night helps nobody.
 */
export const openInvokeTask = (services: TaskServices, execution: Execution, state: TaskState): StateTask => {
  const abandoned = abandonment();
  return {
    token: "",
    abandon: abandoned.now,
    secondsLeft: () => state.TimeoutSeconds,
    perform: async (input) => {
      const invoked = invokeOnce(services, execution, input, abandoned);
      const Payload = await Promise.race([invoked, abandoned.promise]);
      return { ExecutedVersion: "$LATEST", Payload, StatusCode: 200 };
    },
  };
};

/**
 * `arn:aws:states:::lambda:invoke.waitForTaskToken`. A token is journalled before the function sees it. After a restart the
 * state goes on waiting for the same token until the same deadline; the function is invoked again only when it is not
 * known to have returned, and then with the same token.
 */
export const openWaitingTask = (
  services: TaskServices,
  execution: Execution,
  state: TaskState,
): StateTask => {
  const { attempts } = services.store;
  const abandoned = abandonment();
  let attempt = attempts.openOf(execution.arn, execution.state);
  let performed = false;
  // The engine reads the token before it performs an attempt, so a read after one begins the next (a Retry).
  const current = () => {
    if (abandoned.done()) throw new TaskAbandoned();
    if (attempt === undefined || performed) {
      attempts.closeAllOf(execution.arn);
      attempt = attempts.begin(execution.arn, execution.state, services.now() + state.TimeoutSeconds * 1_000);
      performed = false;
    }
    return attempt;
  };
  return {
    get token() {
      return current().token;
    },
    abandon: abandoned.now,
    // Later than the deadline by a hair, so that a token is refused as late before the state is seen to time out.
    secondsLeft: () => (Math.max((attempt?.deadline ?? 0) - services.now(), 0) + 2) / 1_000,
    perform: async (input) => {
      const { token } = current();
      performed = true;
      const settled = attempts.find(token)?.outcome;
      if (settled !== undefined) return outputOf(settled);
      const waiter = services.waiters.wait(token);
      try {
        const handed = handOver(services, execution, token, input, abandoned).then(() => waiter.outcome);
        return outputOf(await Promise.race([waiter.outcome, handed, abandoned.promise]));
      } finally {
        waiter.forget();
      }
    },
  };
};

/** Sees to it that the function has the token; rejects if the function fails. */
const handOver = async (
  services: TaskServices,
  execution: Execution,
  token: string,
  input: unknown,
  abandoned: Abandonment,
): Promise<void> => {
  const { store, now } = services;
  const known = store.attempts.find(token);
  if (known === undefined || known.submitted || now() >= known.deadline) return;
  await invokeOnce(services, execution, input, abandoned);
  if (abandoned.done()) return;
  store.attempts.submitted(token);
  store.history.add(execution.arn, now(), "TaskSubmitted", { resourceType: "lambda" });
};

const invokeOnce = async (
  { invoke, store, now }: TaskServices,
  execution: Execution,
  input: unknown,
  abandoned: Abandonment,
): Promise<unknown> => {
  const { FunctionName, Payload } = parameters.parse(input);
  store.history.add(execution.arn, now(), "TaskScheduled", { resourceType: "lambda", resource: "invoke" });
  const result = await invoke(FunctionName, Payload);
  if (abandoned.done()) return undefined;
  if (result.kind === "failed") {
    const { errorType, errorMessage } = result;
    throw new TaskFailed(errorType || "Lambda.Unknown", JSON.stringify({ errorType, errorMessage }));
  }
  if (Buffer.byteLength(JSON.stringify(result.payload ?? null)) > PAYLOAD_LIMIT) {
    throw new TaskFailed("States.DataLimitExceeded", `${FunctionName} returned over ${PAYLOAD_LIMIT} bytes.`);
  }
  store.history.add(execution.arn, now(), "TaskSucceeded", { resourceType: "lambda" });
  return result.payload ?? null;
};

const parameters = z.object({ FunctionName: z.string(), Payload: z.unknown().default({}) });

const outputOf = (outcome: Outcome): unknown => {
  if (outcome.kind === "failed") throw new TaskFailed(outcome.error, outcome.cause);
  return outcome.output;
};

/** What a task failed with; `name` is what `ErrorEquals` is compared with, `message` becomes `Cause`. */
class TaskFailed extends Error {
  override readonly name: string;

  constructor(error: string, cause: string) {
    super(cause);
    this.name = error;
  }
}
