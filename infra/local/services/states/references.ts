import type { ReportProblem } from "../../template/problems.ts";
import type { State } from "./shape.ts";

/** The context object of a running state (https://docs.aws.amazon.com/step-functions/latest/dg/input-output-contextobject.html). */
export interface ContextObject {
  /** The engine overwrites `Execution` with its own idea of a run, so the true one goes by another name. */
  readonly Run: {
    readonly Id: string;
    readonly Name: string;
    readonly Input: unknown;
    readonly RoleArn: string;
    readonly StartTime: string;
  };
  readonly State: { readonly Name: string; readonly EnteredTime: string };
  readonly StateMachine: { readonly Id: string; readonly Name: string };
  readonly Task: { readonly Token: string };
}

/** Reports what a state reads from the context object and would not find there. */
export const reportReferences = (name: string, state: State, report: ReportProblem): void => {
  const found = referencesIn(state);
  for (const reference of found) {
    if (!known.test(reference)) report(`States.${name}`, `${reference} is not in the context object here`);
  }
  const waits = state.Type === "Task" && state.Resource.endsWith(".waitForTaskToken");
  const reads = found.includes("$$.Task.Token");
  if (waits && !reads) {
    report(`States.${name}.Parameters`, "hands $$.Task.Token to nobody, so it would wait for ever");
  }
  if (reads && !waits) report(`States.${name}`, "reads $$.Task.Token but does not wait for it");
};

/** The same state reading the execution from where {@link ContextObject} has it. */
export const readingRun = (value: unknown): unknown => {
  if (typeof value === "string") return value.replace(/\$\$\.Execution\b/g, "$$$$.Run");
  if (Array.isArray(value)) return value.map(readingRun);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, readingRun(inner)]));
};

const known =
  /^\$\$\.(Execution\.(Id|Name|RoleArn|StartTime|Input(\..+)?)|State\.(Name|EnteredTime)|StateMachine\.(Id|Name)|Task\.Token)$/;

const referencesIn = (state: State): readonly string[] => JSON.stringify(state).match(/\$\$[\w.]*/g) ?? [];
