import { join } from "node:path";
import { FunctionLog } from "../lambda/function-log.ts";
import { FunctionHost } from "../lambda/host.ts";
import type { Metering } from "../metering.ts";
import { type LocalDynamoDb, openDynamoDb } from "../services/dynamodb/service.ts";
import { type Events, openEvents } from "../services/events/events.ts";
import { type HttpApi, openHttpApi } from "../services/http-api/http-api.ts";
import { type Kms, openKms } from "../services/kms/kms.ts";
import { AsynchronousInvoker, type EventInvokePolicy } from "../services/lambda/asynchronous-invoker.ts";
import { EventQueue } from "../services/lambda/event-queue.ts";
import { openRoute53, type Route53 } from "../services/route53/route53.ts";
import { type LocalS3, openS3 } from "../services/s3/service.ts";
import { openSecretsManager, type SecretsManager } from "../services/secrets-manager/secrets-manager.ts";
import type { FunctionInvoker } from "../services/service.ts";
import { openSes, type Ses } from "../services/ses/ses.ts";
import type { MessageAttribute } from "../services/sqs/queue.ts";
import { QueueStore } from "../services/sqs/store.ts";
import { openStates, type States } from "../services/states/states.ts";
import { localAccountId } from "../template/environment.ts";

export interface ServicesOptions {
  readonly dataDir: string;
  readonly region: string;
  readonly metering: Metering;
  readonly scheduleEverySeconds: number | undefined;
  readonly workerLimit: number | undefined;
  readonly idleMilliseconds: number | undefined;
  readonly retryAfterSeconds: number | undefined;
}

/** All services of the cloud, open but with nothing of the stack in them yet. */
export interface Services {
  readonly host: FunctionHost;
  readonly asynchronousInvoker: AsynchronousInvoker;
  readonly eventQueue: EventQueue;
  /** How asynchronous invocations are treated, by function name. */
  readonly eventInvokePolicies: Map<string, EventInvokePolicy>;
  readonly queues: QueueStore;
  readonly dynamodb: LocalDynamoDb;
  readonly s3: LocalS3;
  readonly states: States;
  readonly events: Events;
  readonly kms: Kms;
  readonly secretsManager: SecretsManager;
  readonly route53: Route53;
  readonly ses: Ses;
  readonly httpApi: HttpApi;
}

/** Where the mails of a data directory lie. */
export const outboxOf = (dataDir: string): string => join(dataDir, "outbox");

/** Opens every service on its part of the data directory and joins those that call each other. */
export const openServices = async (options: ServicesOptions): Promise<Services> => {
  const { dataDir, region, metering, scheduleEverySeconds, workerLimit, idleMilliseconds } = options;
  const place = (service: string) => ({
    dataDir: join(dataDir, service),
    region,
    accountId: localAccountId,
    metering,
  });
  const host = new FunctionHost({ dataDir, metering, workerLimit, idleMilliseconds });
  const accessLog = new FunctionLog(dataDir, "http-api");
  const queues = new QueueStore(join(dataDir, "sqs"));
  const eventInvokePolicies = new Map<string, EventInvokePolicy>();
  const asynchronousInvoker = new AsynchronousInvoker({
    invoker: host,
    policyOf: (arn) => eventInvokePolicies.get(host.find(arn)?.name ?? ""),
    sendToQueue: (arn, body) => {
      queues.send(queues.queue(arn), { body, attributes: {} });
    },
    retryAfterSeconds: options.retryAfterSeconds,
  });
  const events = await openEvents({
    ...place("events"),
    invoker: asEventBridgeInvokes(asynchronousInvoker),
    sendToQueue: async (arn, { body, groupId, attributes }) => {
      queues.send(queues.queue(arn), { body, groupId, attributes: asMessageAttributes(attributes ?? {}) });
    },
    ...(scheduleEverySeconds === undefined ? {} : { scheduleEverySeconds }),
  });
  return {
    host,
    asynchronousInvoker,
    eventQueue: new EventQueue(dataDir, asynchronousInvoker),
    eventInvokePolicies,
    queues,
    events,
    dynamodb: await openDynamoDb({ dataDir, region, metering }),
    s3: openS3({ dataDir, metering, publish: (event) => events.publish(event) }),
    states: await openStates({ ...place("states"), invoker: host }),
    kms: await openKms(place("kms")),
    secretsManager: await openSecretsManager(place("secrets-manager")),
    route53: await openRoute53({ ...place("route53"), publish: (event) => events.publish(event) }),
    ses: openSes({ ...place("ses"), outbox: outboxOf(dataDir), publish: (event) => events.publish(event) }),
    httpApi: openHttpApi({ invoker: host, metering, log: (line) => accessLog.append(line) }),
  };
};

/**
 * EventBridge invokes functions asynchronously: trying again and giving up are Lambda's business, by the function's own
 * policy. EventBridge's journal keeps the event until that is over, so it needs no second one.
 */
const asEventBridgeInvokes = (invoker: AsynchronousInvoker): FunctionInvoker => ({
  invoke: async (functionArn, payload) =>
    (await invoker.run(functionArn, payload, Date.now())) === "settled"
      ? { kind: "returned", payload: null }
      : { kind: "failed", errorType: "Interrupted", errorMessage: "The local cloud is stopping" },
});

const asMessageAttributes = (texts: Readonly<Record<string, string>>): Record<string, MessageAttribute> =>
  Object.fromEntries(
    Object.entries(texts).map(([name, StringValue]) => [name, { DataType: "String", StringValue }]),
  );
