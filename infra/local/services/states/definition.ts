import { StateMachine, type StateMachineDefinition } from "aws-local-stepfunctions";
import { z } from "zod";
import type { ReportProblem } from "../../template/problems.ts";
import { pathOf, type TemplateProblem, TemplateUnsupported } from "../../template/problems.ts";
import { reportReferences } from "./references.ts";
import { machineShape } from "./shape.ts";

/** A definition that was checked: the engine runs each of its states as AWS would. */
export interface Definition {
  readonly startAt: string;
  /** Seconds an execution may take; undefined is for ever, as on AWS. */
  readonly timeoutSeconds: number | undefined;
  readonly states: z.output<typeof machineShape>["States"];
}

/**
 * Reads Amazon States Language (https://states-language.net/spec.html) and refuses, all at once, what the engine behind
 * this service does differently from AWS or not at all.
 *
 * @throws TemplateUnsupported listing every problem.
 */
export const readDefinition = (machine: string, text: string): Definition => {
  if (text === lastGood?.text) return lastGood.definition;
  const problems: TemplateProblem[] = [];
  const definition = checkDefinition(text, (path, reason) => problems.push({ path, reason }));
  if (definition === undefined || problems.length > 0) {
    throw new TemplateUnsupported(`state machine ${machine}`, problems);
  }
  lastGood = { text, definition };
  return definition;
};

/** Checking takes a tenth of a second of processor time, and every execution of a machine begins with it. */
let lastGood: { readonly text: string; readonly definition: Definition } | undefined;

const checkDefinition = (text: string, report: ReportProblem): Definition | undefined => {
  const parsed = machineShape.safeParse(jsonOf(text, report));
  if (!parsed.success) {
    for (const issue of parsed.error.issues) reportIssue(issue, report);
    return undefined;
  }
  const { StartAt, States, TimeoutSeconds } = parsed.data;
  for (const [name, state] of Object.entries(States)) reportReferences(name, state, report);
  reportStructure(parsed.data, report);
  return { startAt: StartAt, timeoutSeconds: TimeoutSeconds, states: States };
};

/** Transitions to nowhere, unreachable states, wrong paths: what the engine's own validator knows. */
const reportStructure = (machine: unknown, report: ReportProblem): void => {
  try {
    new StateMachine(z.custom<StateMachineDefinition>().parse(machine));
  } catch (thrown) {
    report("Definition", thrown instanceof Error ? thrown.message : String(thrown));
  }
};

const reportIssue = (issue: z.core.$ZodIssue, report: ReportProblem): void => {
  if (issue.code === "unrecognized_keys") {
    for (const key of issue.keys)
      report(pathOf("", [...issue.path, key]), reasons[key] ?? "is not supported here");
    return;
  }
  report(pathOf("", issue.path), issue.message);
};

/** Why a field of the language is refused, in the words that help to change the definition. */
const reasons: Readonly<Record<string, string>> = {
  Arguments: "JSONata is not supported; use JSONPath and Parameters",
  Assign: "variables are not supported; carry the value in the state's output",
  HeartbeatSeconds: "heartbeats are not watched here; use TimeoutSeconds",
  HeartbeatSecondsPath: "heartbeats are not watched here; use TimeoutSeconds",
  Output: "JSONata is not supported; use JSONPath, ResultSelector and ResultPath",
  TimeoutSecondsPath: "cannot be checked at load; use TimeoutSeconds",
  SecondsPath: "cannot be resumed with its first deadline after a restart; use Seconds",
  Timestamp: "cannot be checked against the engine's limit of 24.8 days; use Seconds",
  TimestampPath: "cannot be checked against the engine's limit of 24.8 days; use Seconds",
};

const jsonOf = (text: string, report: ReportProblem): unknown => {
  try {
    return JSON.parse(text);
  } catch (cause) {
    report("Definition", `is not JSON: ${String(cause)}`);
    return undefined;
  }
};
