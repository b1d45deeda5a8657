import { Duration, RemovalPolicy } from "aws-cdk-lib";
import { MathExpression } from "aws-cdk-lib/aws-cloudwatch";
import { Policy, PolicyStatement, Role, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import { LogGroup } from "aws-cdk-lib/aws-logs";
import { DefinitionBody, LogLevel, StateMachine, StateMachineType } from "aws-cdk-lib/aws-stepfunctions";
import { Construct } from "constructs";
import { acknowledge } from "./acknowledge.ts";
import type { Foundations } from "./foundations.ts";
import { stateMachineName } from "./task-tokens.ts";
import { workflowDefinition } from "./workflow-definition.ts";
import { WorkflowFunctions } from "./workflow-functions.ts";

/** One execution per migration, through all four phases; a Standard execution may take a year. */
export class MigrationWorkflow extends Construct {
  readonly stateMachineArn: string;

  constructor(
    scope: Construct,
    id: string,
    on: Pick<
      Foundations,
      "alarms" | "code" | "copyQueue" | "directories" | "noticesQueue" | "settings" | "table"
    >,
  ) {
    super(scope, id);
    const functions = new WorkflowFunctions(this, "Functions", on);
    const role = new Role(this, "Role", { assumedBy: new ServicePrincipal("states.amazonaws.com") });
    const machine = new StateMachine(this, "StateMachine", {
      stateMachineName,
      stateMachineType: StateMachineType.STANDARD,
      definitionBody: DefinitionBody.fromChainable(workflowDefinition(this, functions)),
      // The construct library would allow every version of every function; the policy below names the functions.
      role: role.withoutPolicyUpdates(),
      logs: {
        destination: new LogGroup(this, "Log", {
          // This prefix keeps CloudWatch's resource policy for log delivery from growing with every machine.
          logGroupName: `/aws/vendedlogs/states/${stateMachineName}`,
          retention: on.settings.logRetentionDays,
          removalPolicy: RemovalPolicy.DESTROY,
        }),
        level: LogLevel.ERROR,
        includeExecutionData: false,
      },
      tracingEnabled: true,
    });
    machine.node.addDependency(permissions(this, role, functions));
    acknowledge(
      machine,
      "AwsSolutions-SF1",
      "An execution's input is a customer's settings and has no place in a log. Errors are logged, and the execution's own history tells the rest to those who may read it.",
    );
    on.alarms.raise(this, {
      metric: endedBadly(machine),
      says: "A migration's workflow failed, timed out or was aborted; the migration stands still.",
      runbookEntry: "workflow-failed",
    });
    this.stateMachineArn = machine.stateMachineArn;
  }
}

const permissions = (scope: Construct, role: Role, functions: WorkflowFunctions): Policy => {
  const { verifyDomain, openPhase, closeMigration, recordFailure } = functions;
  const policy = new Policy(scope, "Permissions", {
    roles: [role],
    statements: [
      new PolicyStatement({
        actions: ["lambda:InvokeFunction"],
        resources: [verifyDomain, openPhase, closeMigration, recordFailure].map(
          ({ functionArn }) => functionArn,
        ),
      }),
      new PolicyStatement({
        actions: [
          "logs:CreateLogDelivery",
          "logs:GetLogDelivery",
          "logs:UpdateLogDelivery",
          "logs:DeleteLogDelivery",
          "logs:ListLogDeliveries",
          "logs:PutResourcePolicy",
          "logs:DescribeResourcePolicies",
          "logs:DescribeLogGroups",
          "xray:PutTraceSegments",
          "xray:PutTelemetryRecords",
          "xray:GetSamplingRules",
          "xray:GetSamplingTargets",
        ],
        resources: ["*"],
      }),
    ],
  });
  acknowledge(
    policy,
    "AwsSolutions-IAM5[Resource::*]",
    "CloudWatch's log delivery and X-Ray know no resource (Step Functions developer guide, IAM policies for logging and tracing).",
  );
  return policy;
};

const endedBadly = (machine: StateMachine): MathExpression =>
  new MathExpression({
    // A sum with a missing part is missing itself, and Step Functions reports only what has happened.
    expression: "FILL(failed, 0) + FILL(timedOut, 0) + FILL(aborted, 0)",
    label: "Executions that ended badly",
    period: Duration.minutes(5),
    usingMetrics: {
      failed: machine.metricFailed(),
      timedOut: machine.metricTimedOut(),
      aborted: machine.metricAborted(),
    },
  });
