import { ExecutionError, StateMachine, type StateMachineDefinition } from "aws-local-stepfunctions";
import { z } from "zod";
import type { Definition } from "./definition.ts";
import { type ContextObject, readingRun } from "./references.ts";
import type { State } from "./shape.ts";

/** How one state ended. */
export type StepEnd =
  | { readonly kind: "next"; readonly state: string; readonly output: unknown }
  | { readonly kind: "ended"; readonly output: unknown }
  | { readonly kind: "failed"; readonly error: string; readonly cause: string };

/** What a Task state needs while it runs; the other states leave it alone. */
export interface RunningTask {
  /** Does the work of one attempt with the state's processed input. */
  perform(input: unknown): Promise<unknown>;
  /** Seconds the attempt that was just started may still take. */
  secondsLeft(): number;
}

/** What happened inside a state before it ended. */
export type StepEvent =
  | { readonly kind: "failed"; readonly error: string; readonly cause: string }
  | { readonly kind: "retried" };

interface StepRequest {
  readonly definition: Definition;
  readonly state: string;
  readonly input: unknown;
  readonly context: ContextObject;
  readonly task: RunningTask;
  /** Milliseconds that a Wait state has left. */
  readonly waitMilliseconds: number;
  readonly onEvent: (event: StepEvent) => void;
}

/**
 * Runs one state in the engine: a machine that starts there and in which every other state is an end. So each transition
 * passes through the journal before the next state begins, and a restart goes on from exactly there.
 */
export const runStep = (request: StepRequest): { readonly end: Promise<StepEnd>; abort(): void } => {
  const machine = new StateMachine(machineOf(request), { validationOptions: { noValidate: true } });
  const run = machine.run(z.custom<Input>().parse(request.input), {
    overrides: {
      taskResourceLocalHandlers: {
        [RUNNING]: async (input) => z.custom<Input>().parse(await request.task.perform(input)),
      },
      waitTimeOverrides: { [RUNNING]: request.waitMilliseconds },
    },
    context: { ...request.context },
  });
  return { end: endOf(run, request), abort: () => run.abort() };
};

type Run = ReturnType<StateMachine["run"]>;
type Input = Parameters<StateMachine["run"]>[0];

/** The name under which the state runs; no name of a definition can be this long, so it hides none. */
const RUNNING = "running".padEnd(81, ".");

const endOf = async (run: Run, { onEvent }: StepRequest): Promise<StepEnd> => {
  const entered = watch(run, onEvent);
  try {
    const output: unknown = await run.result;
    const state = await entered;
    return state === undefined ? { kind: "ended", output } : { kind: "next", state, output };
  } catch (thrown) {
    const reason = thrown instanceof ExecutionError ? thrown.cause : thrown;
    return { kind: "failed", ...errorOf(reason) };
  }
};

/** Follows the engine's log until the run ends; gives the name of the state it went to, if any. */
const watch = async (run: Run, onEvent: StepRequest["onEvent"]): Promise<string | undefined> => {
  let next: string | undefined;
  for await (const event of run.eventLogs) {
    if (event.type === "StateEntered" && event.state.name !== RUNNING) next = event.state.name;
    if (event.type === "StateRetried") onEvent({ kind: "retried" });
    if (event.type === "StateFailed" && "Error" in event) {
      onEvent({ kind: "failed", error: event.Error, cause: String(event.Cause) });
    }
  }
  return next;
};

const machineOf = ({ definition, state, task }: StepRequest): StateMachineDefinition => {
  const found = definition.states[state];
  if (found === undefined) throw new Error(`The definition has no state ${state}.`);
  const ends = Object.keys(definition.states).map((name) => [name, { Type: "Succeed" }]);
  return z.custom<StateMachineDefinition>().parse({
    StartAt: RUNNING,
    States: { ...Object.fromEntries(ends), [RUNNING]: prepared(found, task) },
  });
};

/**
 * The state as the engine has to see it. `TimeoutSeconds` is asked for at each attempt, because an attempt that was cut
 * off by a restart has less of it left than the one after it.
 */
const prepared = (state: State, task: RunningTask): object => {
  const known = z.record(z.string(), z.unknown()).parse(readingRun(withoutWholeResultPath(state)));
  if (state.Type !== "Task") return known;
  return Object.defineProperty(known, "TimeoutSeconds", { enumerable: true, get: () => task.secondsLeft() });
};

/** `ResultPath: "$"` is the default; the engine would take the `$` for a field's name. */
const withoutWholeResultPath = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(withoutWholeResultPath);
  if (typeof value !== "object" || value === null) return value;
  const kept = Object.entries(value).filter(([key, inner]) => key !== "ResultPath" || inner !== "$");
  return Object.fromEntries(
    kept.map(([key, inner]) => [
      key,
      key === "Retry" || key === "Catch" ? withoutWholeResultPath(inner) : inner,
    ]),
  );
};

const errorOf = (reason: unknown): { readonly error: string; readonly cause: string } =>
  reason instanceof Error
    ? { error: reason.name, cause: reason.message }
    : { error: "States.Runtime", cause: String(reason) };
