import { openEvents } from "../../infra/local/services/events/events.ts";
import { countingMetering } from "./counting-metering.ts";
import { serveOnLoopback } from "./loopback-service.ts";

/**
 * EventBridge in a process of its own: `node events-process.ts <data directory> <returns|hangs>`. It says where it listens
 * and each event that its function is given; a function that hangs never takes one.
 */
const [dataDir = "", behaviour] = process.argv.slice(2);
const say = (event: string, more: object): void => {
  process.stdout.write(`${JSON.stringify({ event, ...more })}\n`);
};

const events = await openEvents({
  dataDir,
  region: "eu-central-1",
  accountId: "000000000000",
  metering: countingMetering(),
  sendToQueue: () => Promise.reject(new Error("there is no queue")),
  invoker: {
    invoke: (_functionArn, payload) => {
      say("invoked", { payload });
      const hangs = behaviour === "hangs";
      return hangs ? new Promise(() => undefined) : Promise.resolve({ kind: "returned", payload: null });
    },
  },
});
events.createRule({
  arn: "arn:aws:events:eu-central-1:000000000000:rule/mx",
  properties: {
    EventPattern: { source: ["mailferry"] },
    Targets: [{ Id: "one", Arn: "arn:aws:lambda:eu-central-1:000000000000:function:mx-change" }],
  },
});
const { endpoint } = await serveOnLoopback(events);
events.start();
say("listening", { endpoint });
