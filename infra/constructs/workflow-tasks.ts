import { Duration } from "aws-cdk-lib";
import {
  IntegrationPattern,
  JsonPath,
  TaskInput,
  type TaskStateBase,
  Timeout,
} from "aws-cdk-lib/aws-stepfunctions";
import { LambdaInvoke } from "aws-cdk-lib/aws-stepfunctions-tasks";
import type { Construct } from "constructs";
import type { FunctionName } from "../../shared/contract/environment.ts";
import type { MailferryFunction } from "./mailferry-function.ts";
import { addRetries, type RetryPolicy, usualRetries } from "./retry-policies.ts";
import type { WorkflowError } from "./workflow-errors.ts";

/**
 * A task's payload: one entry for each field of the function's input, a literal or a JSONPath. Typed by the input's schema, so
 * a field that is missing or misspelt does not compile.
 */
export type PayloadOf<Input> = Readonly<Record<keyof Input, unknown>>;

interface TaskProps<Input> {
  readonly calls: MailferryFunction<FunctionName>;
  readonly payload: PayloadOf<Input>;
  /** What of the function's answer replaces the state. @default nothing, the state goes on as it came */
  readonly keeps?: Readonly<Record<string, string>>;
  /** @default the usual ones */
  readonly retries?: readonly RetryPolicy[];
}

/** A step that is over when its function returns. */
export const callTask = <Input>(
  scope: Construct,
  name: string,
  { calls, payload, keeps, retries = usualRetries }: TaskProps<Input>,
): TaskStateBase => {
  const task = LambdaInvoke.jsonPath(scope, name, {
    lambdaFunction: calls,
    payload: TaskInput.fromObject({ ...payload }),
    // Longer than the function may take, so that the function's own error is seen and not the state's.
    taskTimeout: Timeout.duration(calls.longestRun.plus(Duration.seconds(30))),
    retryOnServiceExceptions: false,
    ...(keeps === undefined ? { resultPath: JsonPath.DISCARD } : { resultSelector: { ...keeps } }),
  });
  return addRetries(task, retries);
};

/**
 * 23 days: below the 24.8 at which a 31-bit count of milliseconds runs over, wherever the workflow runs. A phase may well take
 * longer; its state is then entered anew and a new token replaces the old one.
 */
const longestWait = Duration.seconds(2_000_000);

/** A step that is over when somebody answers its task token. */
export const waitTask = <Input>(
  scope: Construct,
  name: string,
  { calls, payload }: Pick<TaskProps<Input>, "calls" | "payload">,
): TaskStateBase => {
  const task = LambdaInvoke.jsonPath(scope, name, {
    lambdaFunction: calls,
    integrationPattern: IntegrationPattern.WAIT_FOR_TASK_TOKEN,
    payload: TaskInput.fromObject({ ...payload }),
    taskTimeout: Timeout.duration(longestWait),
    retryOnServiceExceptions: false,
    resultPath: JsonPath.DISCARD,
  });
  task.addCatch(task, { errors: [waitIsOver], resultPath: JsonPath.DISCARD });
  return addRetries(task, usualRetries);
};

const waitIsOver: WorkflowError = "States.Timeout";
