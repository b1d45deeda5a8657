import {
  Choice,
  Condition,
  Fail,
  type IChainable,
  JsonPath,
  Succeed,
  type TaskStateBase,
} from "aws-cdk-lib/aws-stepfunctions";
import type { Construct } from "constructs";
import type { OpenPhase } from "../../events/open-phase.ts";
import type { RecordFailure } from "../../events/record-failure.ts";
import type { MigrationReference, VerifyDomain } from "../../events/verify-domain.ts";
import type { WaitingPhase } from "../../shared/contract/phases.ts";
import { verificationRetries } from "./retry-policies.ts";
import type { WorkflowFunctions } from "./workflow-functions.ts";
import { callTask, waitTask } from "./workflow-tasks.ts";

/**
 * The four phases of a migration: domain ► accounts ► history ► switch. The settings leave the state after the first step;
 * from there on it is the migration's id, and every function reads what it needs from the table.
 *
 * Plain JSONPath without `Assign` or JSONata, which AWS and the local engine read alike.
 */
export const workflowDefinition = (scope: Construct, functions: WorkflowFunctions): IChainable => {
  const failed = failureTold(scope);
  const recordFailure = callTask<RecordFailure>(scope, "RecordFailure", {
    calls: functions.recordFailure,
    payload: { executionName: JsonPath.executionName, migrationId, failure: JsonPath.objectAt(failure) },
  });
  // Of its own, because a path to an id that is not there yet would fail the state that is to record the failure.
  const recordRefusal = callTask<Omit<RecordFailure, "migrationId">>(scope, "RecordRefusal", {
    calls: functions.recordFailure,
    payload: { executionName: JsonPath.executionName, failure: JsonPath.objectAt(failure) },
  });
  recordFailure.next(failed);
  recordRefusal.next(failed);

  const verifyDomain = callTask<VerifyDomain>(scope, "VerifyDomain", {
    calls: functions.verifyDomain,
    payload: {
      executionName: JsonPath.executionName,
      settings: JsonPath.objectAt(JsonPath.entirePayload),
    },
    keeps: { migrationId: JsonPath.stringAt("$.Payload.migrationId") } satisfies Record<
      keyof MigrationReference,
      string
    >,
    retries: verificationRetries,
  });
  const awaitPhase = (name: string, phase: WaitingPhase): TaskStateBase =>
    waitTask<OpenPhase>(scope, name, {
      calls: functions.openPhase,
      payload: { migrationId, phase, taskToken: JsonPath.taskToken },
    });
  const phases = [
    awaitPhase("AwaitAccounts", "accounts"),
    awaitPhase("AwaitHistory", "history"),
    awaitPhase("AwaitSwitch", "switch"),
  ];
  const closeMigration = callTask<MigrationReference>(scope, "CloseMigration", {
    calls: functions.closeMigration,
    payload: { migrationId },
  });

  verifyDomain.addCatch(recordRefusal, { resultPath: failure });
  let last: TaskStateBase = verifyDomain;
  for (const step of [...phases, closeMigration]) {
    step.addCatch(recordFailure, { resultPath: failure });
    last.next(step);
    last = step;
  }
  last.next(new Succeed(scope, "MigrationClosed"));
  return verifyDomain;
};

/**
 * The execution ends with the error and the words of the task that failed, which is what a command line shows. The words may
 * be missing, of a time-out for instance, and a path to nothing would put States.Runtime in the place of the error.
 */
const failureTold = (scope: Construct): Choice => {
  const withCause = new Fail(scope, "MigrationFailed", { errorPath: errorName, causePath: errorCause });
  const withoutCause = new Fail(scope, "MigrationFailedSilently", { errorPath: errorName });
  return new Choice(scope, "IsCauseKnown")
    .when(Condition.isPresent(errorCause), withCause)
    .otherwise(withoutCause);
};

const migrationId = JsonPath.stringAt("$.migrationId");

/** Where a Catch puts Step Functions' `{Error, Cause}`. */
const failure = "$.failure";
const errorName = `${failure}.Error`;
const errorCause = `${failure}.Cause`;
