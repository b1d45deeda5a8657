import { z } from "zod";
import { type JsonOperations, operation } from "../json-protocol.ts";
import { offsetOf, page } from "../paging.ts";
import { executionOperations } from "./execution-operations.ts";
import type { Machine } from "./machines.ts";
import { type OperationServices, pageSize, seconds } from "./operation-services.ts";
import { taskOperations } from "./task-operations.ts";

/** The operations of Step Functions served here (https://docs.aws.amazon.com/step-functions/latest/apireference). */
export const statesOperations = (services: OperationServices): JsonOperations => ({
  ...executionOperations(services),
  ...taskOperations(services),
  ...machineOperations(services),
  GetExecutionHistory: getExecutionHistory(services),
});

const machineOperations = ({ store }: OperationServices): JsonOperations => ({
  DescribeStateMachine: operation(z.strictObject({ stateMachineArn: z.string() }), ({ stateMachineArn }) => {
    const machine = store.machines.get(stateMachineArn);
    return {
      ...summaryOf(machine),
      status: "ACTIVE",
      roleArn: machine.role_arn,
      definition: machine.definition,
    };
  }),
  ListStateMachines: operation(
    z.strictObject({ maxResults: pageSize, nextToken: z.string().optional() }),
    ({ maxResults, nextToken }) => {
      const found = page(store.machines.list(), nextToken, maxResults || 100);
      return { stateMachines: found.items.map(summaryOf), nextToken: found.nextToken };
    },
  ),
});

const summaryOf = ({ arn, name, created_at }: Machine) => ({
  stateMachineArn: arn,
  name,
  type: "STANDARD",
  creationDate: seconds(created_at),
});

const getExecutionHistory = ({ store }: OperationServices) =>
  operation(
    z.strictObject({
      executionArn: z.string(),
      maxResults: pageSize,
      reverseOrder: z.boolean().default(false),
      nextToken: z.string().optional(),
      includeExecutionData: z.boolean().default(true),
    }),
    ({ executionArn, maxResults, reverseOrder, nextToken, includeExecutionData }) => {
      const size = maxResults || 100;
      const from = nextToken === undefined ? 0 : offsetOf(nextToken);
      const events = store.history.list(executionArn, reverseOrder, size, from);
      const more = from + events.length < store.history.count(executionArn);
      return {
        events: events.map(({ id, at, type, details }) => ({
          id,
          previousEventId: id - 1,
          timestamp: seconds(at),
          type,
          [detailsMemberOf(type)]: includeExecutionData ? details : withoutData(details),
        })),
        nextToken: more ? Buffer.from(String(from + size)).toString("base64url") : undefined,
      };
    },
  );

/** `TaskStateEntered` and its like share one member; the others have one of their own. */
const detailsMemberOf = (type: string): string => {
  if (type.endsWith("StateEntered")) return "stateEnteredEventDetails";
  if (type.endsWith("StateExited")) return "stateExitedEventDetails";
  return `${type.charAt(0).toLowerCase()}${type.slice(1)}EventDetails`;
};

const withoutData = (details: unknown): object => {
  const { input: _input, output: _output, ...kept } = z.record(z.string(), z.unknown()).parse(details);
  return kept;
};
