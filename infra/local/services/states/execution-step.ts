import type { Metering } from "../../metering.ts";
import type { FunctionInvoker } from "../service.ts";
import type { Definition } from "./definition.ts";
import type { Execution } from "./executions.ts";
import type { ContextObject } from "./references.ts";
import { runStep, type StepEnd, type StepEvent } from "./step.ts";
import type { Store } from "./store.ts";
import { openInvokeTask, openWaitingTask, type StateTask } from "./task.ts";
import type { Waiters } from "./waiters.ts";

/** What a state of an execution needs to run. */
export interface StepServices {
  readonly store: Store;
  readonly waiters: Waiters;
  readonly invoker: FunctionInvoker;
  readonly metering: Metering;
  readonly now: () => number;
  /** Makes a function's ARN of its name. */
  readonly functionArn: (nameOrArn: string) => string;
}

/** One state of one execution on its way; releasing it ends the waiting without an effect. */
export const openStep = (
  services: StepServices,
  execution: Execution,
  definition: Definition,
): { readonly end: Promise<StepEnd>; release(): void } => {
  const { store, metering, now } = services;
  const state = definition.states[execution.state];
  const task = taskOf(services, execution, definition);
  const step = runStep({
    definition,
    state: execution.state,
    input: JSON.parse(execution.state_input),
    context: contextOf(store, execution, task),
    task,
    waitMilliseconds:
      state?.Type === "Wait" ? Math.max(execution.entered_at + state.Seconds * 1_000 - now(), 0) : 0,
    onEvent: (event) => {
      if (event.kind === "retried") metering.count("stateTransitions");
      else if (state?.Type === "Task") addFailure(store, execution.arn, event, now());
    },
  });
  return {
    end: step.end,
    release: () => {
      step.abort();
      task.abandon();
    },
  };
};

const addFailure = (
  store: Store,
  arn: string,
  { error, cause }: Extract<StepEvent, { kind: "failed" }>,
  at: number,
): void => {
  if (store.executions.find(arn)?.status !== "RUNNING") return;
  const type = error === "States.Timeout" ? "TaskTimedOut" : "TaskFailed";
  store.history.add(arn, at, type, { resourceType: "lambda", resource: "invoke", error, cause });
};

const taskOf = (services: StepServices, execution: Execution, definition: Definition): StateTask => {
  const state = definition.states[execution.state];
  if (state?.Type !== "Task") return noTask;
  const open = state.Resource.endsWith(".waitForTaskToken") ? openWaitingTask : openInvokeTask;
  const { store, waiters, now, invoker, functionArn } = services;
  const invoke = (name: string, payload: unknown) => invoker.invoke(functionArn(name), payload);
  return open({ store, waiters, now, invoke }, execution, state);
};

const noTask: StateTask = {
  token: "",
  abandon: () => undefined,
  secondsLeft: () => 0,
  perform: () => Promise.reject(new Error("Only a Task state performs a task.")),
};

const contextOf = (store: Store, execution: Execution, task: StateTask): ContextObject => {
  const machine = store.machines.get(execution.machine_arn);
  return {
    Run: {
      Id: execution.arn,
      Name: execution.name,
      Input: JSON.parse(execution.input),
      RoleArn: machine.role_arn,
      StartTime: new Date(execution.started_at).toISOString(),
    },
    State: { Name: execution.state, EnteredTime: new Date(execution.entered_at).toISOString() },
    StateMachine: { Id: machine.arn, Name: machine.name },
    Task: {
      get Token() {
        return task.token;
      },
    },
  };
};
