import { EventBridgeClient, PutEventsCommand, type PutEventsRequestEntry } from "@aws-sdk/client-eventbridge";
import { onTestFinished } from "vitest";
import { type Events, type EventsOptions, openEvents } from "../../infra/local/services/events/events.ts";
import type { SendToQueue } from "../../infra/local/services/events/send.ts";
import { countingMetering } from "./counting-metering.ts";
import { directoryOfTest } from "./directory-of-test.ts";
import { type FakeFunction, fakeFunctions } from "./fake-functions.ts";
import { clientOf, serveOnLoopback } from "./loopback-service.ts";

export const functionArn = (name: string) => `arn:aws:lambda:eu-central-1:000000000000:function:${name}`;
export const queueArn = (name: string) => `arn:aws:sqs:eu-central-1:000000000000:${name}`;
/** The rule under test. */
export const ruleArn = "arn:aws:events:eu-central-1:000000000000:rule/one";
/** The target that is the function under test. */
export const toFunction = { Id: "function", Arn: functionArn("take") };

interface Differing extends Partial<Pick<EventsOptions, "dataDir" | "now" | "scheduleEverySeconds">> {
  /** A rule beside the one under test. */
  readonly otherRule?: object;
}

/** EventBridge on loopback, started, for the running test: a function, a rule, and what queues and the function are given. */
export const openForTest = async (
  take: FakeFunction,
  rule: object,
  { otherRule, ...more }: Differing = {},
) => {
  const sent: { queueArn: string; message: Parameters<SendToQueue>[1] }[] = [];
  const functions = fakeFunctions({ take });
  const metering = countingMetering();
  const events: Events = await openEvents({
    dataDir: await directoryOfTest(),
    region: "eu-central-1",
    accountId: "000000000000",
    invoker: functions,
    sendToQueue: async (arn, message) => void sent.push({ queueArn: arn, message }),
    metering,
    retryAfterSeconds: 0.01,
    ...more,
  });
  events.createEventBus({
    name: "orders",
    arn: "arn:aws:events:eu-central-1:000000000000:event-bus/orders",
  });
  events.createRule({ arn: ruleArn, properties: rule });
  if (otherRule !== undefined) events.createRule({ arn: `${ruleArn}-other`, properties: otherRule });
  const served = await serveOnLoopback(events);
  let stopped = false;
  const stop = async (): Promise<void> => {
    if (!stopped) await served.stop();
    stopped = true;
  };
  onTestFinished(stop);
  events.start();
  const client = new EventBridgeClient(clientOf(served));
  const put = (...Entries: PutEventsRequestEntry[]) => client.send(new PutEventsCommand({ Entries }));
  return { events, client, put, functions, sent, metering, stop };
};

/** An entry of PutEvents, with what differs. */
export const entry = (more: PutEventsRequestEntry = {}): PutEventsRequestEntry => ({
  Source: "mailferry",
  DetailType: "MxChangeDetected",
  Detail: '{"domain":"example.test"}',
  ...more,
});
