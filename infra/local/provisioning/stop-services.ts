import type { QueuePoller } from "../lambda/queue-poller.ts";
import type { Services } from "./services.ts";

/**
 * Stops in an order in which nothing that is cut off is taken for a failure: first those who start functions let go of them,
 * then the functions end, then what they worked on is closed. Messages, events and executions under way stay as they were.
 */
export const stopServices = async (services: Services, pollers: readonly QueuePoller[]): Promise<void> => {
  for (const poller of pollers) {
    poller.stop();
  }
  services.asynchronousInvoker.stop();
  services.eventQueue.stop();
  await services.events.stop();
  await services.states.stop();
  await services.host.stop();
  await Promise.all(pollers.map((poller) => poller.settled()));
  await services.eventQueue.close();
  services.queues.close();
  const { dynamodb, s3, kms, secretsManager, route53 } = services;
  await Promise.all([dynamodb, s3, kms, secretsManager, route53].map((service) => service.stop()));
};
