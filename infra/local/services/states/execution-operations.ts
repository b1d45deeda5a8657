import { randomUUID } from "node:crypto";
import { z } from "zod";
import { type JsonOperations, operation, ServiceError } from "../json-protocol.ts";
import { offsetOf } from "../paging.ts";
import { readDefinition } from "./definition.ts";
import type { Execution } from "./executions.ts";
import { type OperationServices, pageSize, seconds } from "./operation-services.ts";
import { PAYLOAD_LIMIT } from "./transitions.ts";

export const executionOperations = (services: OperationServices): JsonOperations => ({
  StartExecution: startExecution(services),
  DescribeExecution: operation(executionArn, (request) => {
    const { input, output, error, cause, ...execution } = find(services, request.executionArn);
    return {
      ...summaryOf(execution),
      input,
      ...(output === null ? {} : { output }),
      ...(error === null ? {} : { error }),
      ...(cause === null ? {} : { cause }),
    };
  }),
  StopExecution: operation(
    executionArn.extend({
      error: z.string().max(256).optional(),
      cause: z.string().max(32_768).optional(),
    }),
    (request) => {
      const { arn } = find(services, request.executionArn);
      services.runner.end(arn, { status: "ABORTED", error: request.error, cause: request.cause });
      return { stopDate: seconds(find(services, arn).stopped_at ?? services.now()) };
    },
  ),
  ListExecutions: listExecutions(services),
});

const executionArn = z.strictObject({ executionArn: z.string() });

const startExecution = ({ store, runner, now }: OperationServices) =>
  operation(
    z.strictObject({
      stateMachineArn: z.string(),
      name: z.string().optional(),
      input: z.string().default("{}"),
    }),
    ({ stateMachineArn, name = randomUUID(), input }) => {
      const machine = store.machines.get(stateMachineArn);
      // The characters that AWS refuses in a name, as StartExecution's reference lists them.
      if (!/^[^\s<>{}[\]?*"#%\\^|~`$&,;:/\p{Cc}]{1,80}$/u.test(name)) {
        throw new ServiceError("InvalidName", `Invalid Name: '${name}'`);
      }
      checkInput(input);
      const arn = `${stateMachineArn.replace(":stateMachine:", ":execution:")}:${name}`;
      const existing = store.executions.find(arn);
      if (existing !== undefined) {
        if (existing.status === "RUNNING" && existing.input === input) return startedOf(existing);
        throw new ServiceError("ExecutionAlreadyExists", `Execution Already Exists: '${arn}'`);
      }
      const at = now();
      const execution: Execution = {
        arn,
        machine_arn: stateMachineArn,
        name,
        input,
        definition: machine.definition,
        status: "RUNNING",
        started_at: at,
        state: readDefinition(machine.name, machine.definition).startAt,
        state_input: input,
        entered_at: at,
        stopped_at: null,
        output: null,
        error: null,
        cause: null,
      };
      runner.start(execution);
      return startedOf(execution);
    },
  );

const listExecutions = ({ store }: OperationServices) =>
  operation(
    z.strictObject({
      stateMachineArn: z.string(),
      statusFilter: z.enum(["RUNNING", "SUCCEEDED", "FAILED", "TIMED_OUT", "ABORTED"]).optional(),
      maxResults: pageSize,
      nextToken: z.string().optional(),
    }),
    ({ stateMachineArn, statusFilter, maxResults, nextToken }) => {
      store.machines.get(stateMachineArn);
      const size = maxResults || 100;
      const from = nextToken === undefined ? 0 : offsetOf(nextToken);
      const found = store.executions.list(stateMachineArn, statusFilter, size + 1, from);
      return {
        executions: found.slice(0, size).map(summaryOf),
        nextToken: found.length > size ? Buffer.from(String(from + size)).toString("base64url") : undefined,
      };
    },
  );

const find = ({ store }: OperationServices, arn: string): Execution => {
  const execution = store.executions.find(arn);
  if (execution === undefined) {
    throw new ServiceError("ExecutionDoesNotExist", `Execution Does Not Exist: '${arn}'`);
  }
  return execution;
};

type Summarised = Pick<Execution, "arn" | "machine_arn" | "name" | "status" | "started_at" | "stopped_at">;

const summaryOf = ({ arn, machine_arn, name, status, started_at, stopped_at }: Summarised) => ({
  executionArn: arn,
  stateMachineArn: machine_arn,
  name,
  status,
  startDate: seconds(started_at),
  ...(stopped_at === null ? {} : { stopDate: seconds(stopped_at) }),
});

const startedOf = ({ arn, started_at }: Pick<Execution, "arn" | "started_at">) => ({
  executionArn: arn,
  startDate: seconds(started_at),
});

const checkInput = (input: string): void => {
  if (Buffer.byteLength(input) > PAYLOAD_LIMIT) {
    throw new ServiceError("InvalidExecutionInput", `Invalid Execution Input: over ${PAYLOAD_LIMIT} bytes`);
  }
  try {
    JSON.parse(input);
  } catch {
    throw new ServiceError("InvalidExecutionInput", "Invalid Execution Input: 'Invalid JSON'");
  }
};
