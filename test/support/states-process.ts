import { openStates } from "../../infra/local/services/states/states.ts";
import { countingMetering } from "./counting-metering.ts";
import { serveOnLoopback } from "./loopback-service.ts";
import { machineArn, waitingMachine } from "./waiting-machine.ts";

/**
 * Step Functions in a process of its own: `node states-process.ts <data directory> <returns|hangs>`. It says where it
 * listens and each token that its function is handed.
 */
const [dataDir = "", behaviour] = process.argv.slice(2);
const say = (event: string, more: object): void => {
  process.stdout.write(`${JSON.stringify({ event, ...more })}\n`);
};

const states = await openStates({
  dataDir,
  region: "eu-central-1",
  accountId: "000000000000",
  metering: countingMetering(),
  invoker: {
    invoke: (functionArn, payload) => {
      say("invoked", { functionArn, payload });
      const hangs = behaviour === "hangs";
      return hangs ? new Promise(() => undefined) : Promise.resolve({ kind: "returned", payload: null });
    },
  },
});
states.createStateMachine({
  arn: machineArn,
  name: "waiting",
  definition: JSON.stringify(waitingMachine),
  roleArn: "",
});
const { endpoint } = await serveOnLoopback(states);
states.resume();
say("listening", { endpoint });
