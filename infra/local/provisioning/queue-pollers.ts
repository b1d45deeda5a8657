import { type QueueMapping, QueuePoller } from "../lambda/queue-poller.ts";
import type { Metering } from "../metering.ts";
import type { EventSourceMappingProperties } from "../template/properties/lambda.ts";
import type { Resource } from "../template/resource.ts";
import type { Services } from "./services.ts";

/** Lambda's own limit where a mapping sets none (https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-scaling.html). */
const defaultMaximumConcurrency = 1_250;

/** Starts the event source mappings of the stack that are enabled. */
export const startQueuePollers = (
  resources: readonly Resource[],
  { host, queues }: Pick<Services, "host" | "queues">,
  metering: Metering,
  region: string,
): QueuePoller[] =>
  resources
    .filter((resource) => resource.type === "AWS::Lambda::EventSourceMapping")
    .filter(({ properties }) => properties.Enabled)
    .map(({ properties }) => queueMapping(properties, { host, queues }))
    .map((mapping) => new QueuePoller(mapping, { store: queues, host, metering, region }));

const queueMapping = (
  properties: EventSourceMappingProperties,
  { host, queues }: Pick<Services, "host" | "queues">,
): QueueMapping => {
  const deployed = host.find(properties.FunctionName);
  if (deployed === undefined) {
    throw new Error(
      `An event source mapping names the function ${properties.FunctionName}, which is not in the stack`,
    );
  }
  return {
    queue: queues.queue(properties.EventSourceArn),
    deployed,
    batchSize: properties.BatchSize,
    maximumConcurrency: properties.ScalingConfig?.MaximumConcurrency ?? defaultMaximumConcurrency,
    reportsItemFailures: properties.FunctionResponseTypes.includes("ReportBatchItemFailures"),
  };
};
