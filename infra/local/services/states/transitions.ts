import { inOneCommit } from "../database.ts";
import type { Definition } from "./definition.ts";
import type { Execution, ExecutionEnd } from "./executions.ts";
import { HISTORY_LIMIT } from "./history.ts";
import type { StepEnd } from "./step.ts";
import type { Store } from "./store.ts";

/** The most that a state may give to the next (service quotas: 262,144 bytes of UTF-8). */
export const PAYLOAD_LIMIT = 262_144;

/** Journals a new execution, entered into its first state. */
export const recordStart = (store: Store, execution: Execution, definition: Definition): void =>
  inOneCommit(store.database, () => {
    const { arn, input, started_at } = execution;
    store.executions.add(execution);
    store.history.add(arn, started_at, "ExecutionStarted", { input });
    addEntered(store, execution, definition);
  });

/** Journals how a state ended and what that means for the execution: all of it, or, after a kill, nothing. */
export const recordStepEnd = (
  store: Store,
  execution: Execution,
  definition: Definition,
  end: StepEnd,
  at: number,
): void =>
  inOneCommit(store.database, () => {
    store.attempts.closeAllOf(execution.arn);
    if (end.kind === "failed") {
      addEnd(store, execution.arn, { status: "FAILED", error: end.error, cause: end.cause }, at);
      return;
    }
    const output = JSON.stringify(end.output ?? null);
    if (Buffer.byteLength(output) > PAYLOAD_LIMIT) {
      addEnd(store, execution.arn, tooLarge(execution.state), at);
      return;
    }
    const type = definition.states[execution.state]?.Type ?? "";
    store.history.add(execution.arn, at, `${type}StateExited`, { name: execution.state, output });
    if (end.kind === "ended") {
      addEnd(store, execution.arn, { status: "SUCCEEDED", output }, at);
    } else if (store.history.count(execution.arn) >= HISTORY_LIMIT - 2) {
      addEnd(store, execution.arn, tooLong, at);
    } else {
      const next = { ...execution, state: end.state, state_input: output, entered_at: at };
      store.executions.enter(execution.arn, end.state, output, at);
      addEntered(store, next, definition);
    }
  });

/** Journals an end that came from outside: stopped, or out of time. */
export const recordEnd = (store: Store, arn: string, end: ExecutionEnd, at: number): void =>
  inOneCommit(store.database, () => {
    store.attempts.closeAllOf(arn);
    addEnd(store, arn, end, at);
  });

const addEntered = (store: Store, execution: Execution, definition: Definition): void => {
  const { arn, state, state_input, entered_at } = execution;
  const type = definition.states[state]?.Type ?? "";
  store.history.add(arn, entered_at, `${type}StateEntered`, { name: state, input: state_input });
};

const addEnd = (store: Store, arn: string, end: ExecutionEnd, at: number): void => {
  const { output, error, cause } = end;
  store.executions.end(arn, end, at);
  store.history.add(arn, at, eventOf[end.status], { output, error, cause });
};

const eventOf = {
  SUCCEEDED: "ExecutionSucceeded",
  FAILED: "ExecutionFailed",
  TIMED_OUT: "ExecutionTimedOut",
  ABORTED: "ExecutionAborted",
} as const;

const tooLarge = (state: string): ExecutionEnd => ({
  status: "FAILED",
  error: "States.DataLimitExceeded",
  cause: `The output of ${state} is longer than ${PAYLOAD_LIMIT} bytes.`,
});

const tooLong: ExecutionEnd = {
  status: "FAILED",
  error: "States.Runtime",
  cause: `The execution reached the maximum number of history events (${HISTORY_LIMIT}).`,
};
