import { type LocalCredentials, openDataDirectory } from "./data-directory/data-directory.ts";
import type { RecordSet } from "./dns/records.ts";
import { Gateway } from "./gateway/gateway.ts";
import { listenAt } from "./gateway/listen-at.ts";
import type { QueuePoller } from "./lambda/queue-poller.ts";
import type { Metering } from "./metering.ts";
import { openMetering } from "./metering-journal.ts";
import { checkResources } from "./provisioning/check-resources.ts";
import { provision } from "./provisioning/provision.ts";
import { startQueuePollers } from "./provisioning/queue-pollers.ts";
import { openServices, outboxOf } from "./provisioning/services.ts";
import { stopServices } from "./provisioning/stop-services.ts";
import { openCloudFormation } from "./services/cloudformation/service.ts";
import type { WatchedItems } from "./services/dynamodb/watched-items.ts";
import { HttpApiListener } from "./services/http-api/listener.ts";
import { openLambda } from "./services/lambda/service.ts";
import { openSqs } from "./services/sqs/service.ts";
import { readAssembly } from "./template/assembly.ts";
import { type StackEnvironment, stackIdOf } from "./template/environment.ts";
import { loadStack } from "./template/load.ts";

export interface LocalCloudOptions {
  /** The directory of the synthesised assembly. Functions are loaded from it all the time: it must stay as it is (`holdAssembly`). */
  readonly assembly: string;
  /** Where everything lives that survives; made if it is not there. */
  readonly dataDir: string;
  /** Which stack, when the assembly has several. */
  readonly stackName?: string;
  /** @default the port of the last boot, otherwise any free one */
  readonly port?: number;
  /** @default eu-central-1 */
  readonly region?: string;
  /** Runs schedules this often instead of as often as the template says. @default the template's */
  readonly scheduleEverySeconds?: number;
  /** Functions that may run at once. @default two a core, four at least */
  readonly workerLimit?: number;
  /** How long an idle function stays in memory. @default 20 seconds */
  readonly idleMilliseconds?: number;
  /** Functions to load before anybody calls them, the first one first; they are given up again when nobody does. @default none */
  readonly loadAhead?: readonly string[];
  /** Seconds before a failed asynchronous invocation is tried again; the second time twice as long. @default 60, as on AWS */
  readonly retryAfterSeconds?: number;
}

/** The stack, running on this machine. Every AWS SDK reaches it with `endpoint`, `region` and `credentials`. */
export interface LocalCloud {
  readonly endpoint: string;
  readonly region: string;
  readonly credentials: LocalCredentials;
  readonly outputs: Readonly<Record<string, string>>;
  readonly metering: Metering;
  /** For who waits in this process for an item of a table to be written. */
  readonly watchedItems: Pick<WatchedItems, "watch">;
  /** When the functions that were to be loaded ahead are. */
  readonly loaded: Promise<void>;
  /** Where the zones of the local Route 53 are answered from: `127.0.0.1:port`. */
  readonly dnsAddress: string;
  /** The directory in which mails lie instead of being sent; what a file holds is said at `OutboxMail`. */
  readonly outbox: string;
  /** Makes a zone in the local Route 53; one of that name that is there stays as it stands. */
  createHostedZone(zone: { readonly name: string; readonly records: readonly RecordSet[] }): void;
  /** Cuts off what runs; the next boot on the same data directory takes it up again, as after a kill. */
  stop(): Promise<void>;
}

/**
 * Boots the synthesised stack on loopback.
 * @throws {AssemblyUnreadable} @throws {TemplateUnsupported} before anything is made
 * @throws {DataDirectoryInUse} @throws {TableChanged}
 */
export const bootLocalCloud = async (options: LocalCloudOptions): Promise<LocalCloud> => {
  const region = options.region ?? "eu-central-1";
  const assembly = await readAssembly(options.assembly, options.stackName);
  const environmentAt = (endpoint: string, httpApiEndpoint: string): StackEnvironment => ({
    stackName: assembly.stackName,
    region,
    endpoint,
    httpApiEndpoint,
  });
  checkResources(
    loadStack(assembly, environmentAt("http://127.0.0.1", "http://127.0.0.1")),
    assembly.stackName,
  );

  await using started = new AsyncDisposableStack();
  const directory = await openDataDirectory(options.dataDir);
  started.defer(() => directory.release());
  const { accessKeyId, secretAccessKey, createdAt } = directory.identity;
  const credentials = { accessKeyId, secretAccessKey };
  const metering = openMetering(directory.path);
  started.defer(() => metering.stop());
  const services = await openServices({
    dataDir: directory.path,
    region,
    metering,
    scheduleEverySeconds: options.scheduleEverySeconds,
    workerLimit: options.workerLimit,
    idleMilliseconds: options.idleMilliseconds,
    retryAfterSeconds: options.retryAfterSeconds,
  });
  const pollers: QueuePoller[] = [];
  started.defer(() => stopServices(services, pollers));
  const gateway = await listenAt(
    (port) => Gateway.listen(accessKeyId, port),
    options.port,
    directory.identity.port,
  );
  started.defer(() => gateway.stop());
  const pages = await listenAt(
    (port) => HttpApiListener.listen(port),
    undefined,
    directory.identity.httpApiPort,
  );
  started.defer(() => pages.stop());
  await directory.rememberPorts({ port: gateway.port, httpApiPort: pages.port });

  const endpoint = `http://127.0.0.1:${gateway.port}`;
  const environment = environmentAt(endpoint, `http://127.0.0.1:${pages.port}`);
  const { resources, outputs } = loadStack(assembly, environment);
  const { codeDirectory } = assembly;
  for (const resource of resources) {
    await provision(resource, { services, codeDirectory, region, endpoint, credentials });
  }
  const { dynamodb, s3, states, events, kms, secretsManager, route53, ses, httpApi } = services;
  const described = {
    stackName: assembly.stackName,
    stackId: stackIdOf(environment),
    createdAt: new Date(createdAt),
    outputs,
  };
  for (const service of [
    ...[dynamodb, s3, states, events, kms, secretsManager, route53, ses],
    openSqs({ store: services.queues, endpoint, metering }),
    openLambda(services.host, services.eventQueue),
    openCloudFormation(described),
  ]) {
    gateway.serve(service);
  }
  pages.serve((request) => httpApi.answer(request));
  pollers.push(...startQueuePollers(resources, services, metering, region));
  services.eventQueue.start();
  services.events.start();
  services.states.resume();
  const loaded = services.host.loadAhead(options.loadAhead ?? []);

  const running = started.move();
  return {
    endpoint,
    region,
    credentials,
    outputs,
    metering,
    watchedItems: dynamodb.watchedItems,
    dnsAddress: route53.dnsAddress,
    outbox: outboxOf(directory.path),
    createHostedZone: (zone) => void route53.createHostedZone(zone),
    loaded,
    stop: () => running.disposeAsync(),
  };
};
