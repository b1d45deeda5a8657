import { SFNClient } from "@aws-sdk/client-sfn";
import type { Metering } from "../../infra/local/metering.ts";
import type { FunctionInvoker } from "../../infra/local/services/service.ts";
import { openStates, type States } from "../../infra/local/services/states/states.ts";
import { countingMetering } from "./counting-metering.ts";
import { clientOf, serveOnLoopback } from "./loopback-service.ts";

/** Step Functions of a test, with the SDK's client pointed at it. */
export interface OpenedStates extends AsyncDisposable {
  readonly states: States;
  readonly client: SFNClient;
  readonly metering: Metering;
  /** Makes a machine and gives its ARN. */
  machine(definition: unknown, name?: string): string;
}

export const openStatesFor = async (
  dataDir: string,
  invoker: FunctionInvoker,
  now?: () => number,
): Promise<OpenedStates> => {
  const metering = countingMetering();
  const region = "eu-central-1";
  const accountId = "000000000000";
  const states = await openStates({
    dataDir,
    region,
    accountId,
    invoker,
    metering,
    ...(now === undefined ? {} : { now }),
  });
  const served = await serveOnLoopback(states);
  const client = new SFNClient(clientOf(served));
  return {
    states,
    client,
    metering,
    machine: (definition, name = "waiting") => {
      const arn = `arn:aws:states:${region}:${accountId}:stateMachine:${name}`;
      const roleArn = "arn:aws:iam::000000000000:role/machine";
      states.createStateMachine({ arn, name, definition: JSON.stringify(definition), roleArn });
      return arn;
    },
    [Symbol.asyncDispose]: async () => {
      client.destroy();
      await served.stop();
    },
  };
};
