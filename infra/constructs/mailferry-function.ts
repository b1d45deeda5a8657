import { type Duration, RemovalPolicy, type Size } from "aws-cdk-lib";
import { Role, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import {
  Architecture,
  type Code,
  Function as LambdaFunction,
  LoggingFormat,
  Runtime,
  Tracing,
} from "aws-cdk-lib/aws-lambda";
import { LogGroup } from "aws-cdk-lib/aws-logs";
import type { Construct } from "constructs";
import type { EnvironmentOf, FunctionName } from "../../shared/contract/environment.ts";
import { acknowledge } from "./acknowledge.ts";
import type { Foundations } from "./foundations.ts";

/** The bundled code of each function: a directory with `index.mjs` in it. */
export type FunctionCode = (name: FunctionName) => Code;

interface MailferryFunctionProps<Name extends FunctionName> {
  readonly name: Name;
  /** Exactly what the function's schema asks for: a variable that is forgotten here does not compile. */
  readonly environment: EnvironmentOf<Name>;
  readonly description: string;
  readonly timeout: Duration;
  readonly memory: Size;
}

/** The only way a function is placed: runtime, logs, tracing and a role that can do nothing yet but log and trace. */
export class MailferryFunction<Name extends FunctionName> extends LambdaFunction {
  /** Where grants end up, and with them the acknowledgements that some of them ask for. */
  readonly executionRole: Role;
  readonly longestRun: Duration;

  constructor(
    scope: Construct,
    { code, settings }: Pick<Foundations, "code" | "settings">,
    { name, environment, description, timeout, memory }: MailferryFunctionProps<Name>,
  ) {
    const logGroup = new LogGroup(scope, `${name}-logs`, {
      logGroupName: `/aws/lambda/mailferry-${name}`,
      retention: settings.logRetentionDays,
      // Logs hold neither mail nor secrets, and a group left behind would be in the way of the next deployment's.
      removalPolicy: RemovalPolicy.DESTROY,
    });
    // Not the role that CDK would make: that one carries AWS's policy for every log group of the account.
    const role = new Role(scope, `${name}-role`, {
      assumedBy: new ServicePrincipal("lambda.amazonaws.com"),
      description: `mailferry ${name}`,
    });
    logGroup.grantWrite(role);
    super(scope, name, {
      functionName: `mailferry-${name}`,
      description,
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      handler: "index.handler",
      code: code(name),
      environment: { ...environment },
      timeout,
      memorySize: memory.toMebibytes(),
      role,
      tracing: Tracing.ACTIVE,
      loggingFormat: LoggingFormat.JSON,
      logGroup,
    });
    this.executionRole = role;
    this.longestRun = timeout;
    acknowledge(
      role,
      "AwsSolutions-IAM5[Resource::*]",
      "X-Ray's PutTraceSegments and PutTelemetryRecords know no resource (Service Authorization Reference).",
    );
  }
}
