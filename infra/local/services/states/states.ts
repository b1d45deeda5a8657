import type { Metering } from "../../metering.ts";
import { answerJson } from "../json-protocol.ts";
import type { FunctionInvoker, LocalService } from "../service.ts";
import { readDefinition } from "./definition.ts";
import { statesOperations } from "./operations.ts";
import { openRunner } from "./runner.ts";
import { openStore } from "./store.ts";
import { openWaiters } from "./waiters.ts";

export interface StatesOptions {
  /** The directory for this service's own state. */
  readonly dataDir: string;
  readonly region: string;
  readonly accountId: string;
  readonly invoker: FunctionInvoker;
  readonly metering: Metering;
  /** Milliseconds since the epoch. @default Date.now */
  readonly now?: () => number;
}

/** Step Functions, Standard workflows. */
export interface States extends LocalService {
  /**
   * Makes a state machine or changes the definition it starts executions with.
   * @throws TemplateUnsupported listing everything in the definition that would run differently from AWS.
   */
  createStateMachine(machine: {
    readonly arn: string;
    readonly name: string;
    /** Amazon States Language, as JSON text. */
    readonly definition: string;
    readonly roleArn: string;
  }): void;
  /** Goes on with the executions of the last run. Call it once, when the functions and what they call are up. */
  resume(): void;
}

/**
 * Opens Step Functions over aws-local-stepfunctions. The engine runs one state at a time; what makes executions survive
 * `kill -9` is the journal between the states.
 */
export const openStates = async (options: StatesOptions): Promise<States> => {
  const { dataDir, region, accountId, invoker, metering, now = Date.now } = options;
  const store = openStore(dataDir, now());
  const waiters = openWaiters(store, now);
  const functionArn = (name: string): string =>
    name.startsWith("arn:") ? name : `arn:aws:lambda:${region}:${accountId}:function:${name}`;
  const runner = openRunner({ store, waiters, invoker, metering, now, functionArn });
  const operations = statesOperations({ store, runner, waiters, now });
  return {
    signingName: "states",
    answer: (request) => answerJson(request, operations),
    createStateMachine: ({ arn, name, definition, roleArn }) => {
      readDefinition(name, definition);
      store.machines.put({ arn, name, role_arn: roleArn, definition, created_at: now() });
    },
    resume: () => runner.resume(),
    stop: async () => {
      await runner.shutDown();
      store.database.close();
    },
  };
};
