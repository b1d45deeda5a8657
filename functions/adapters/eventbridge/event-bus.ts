import { type EventBridgeClient, PutEventsCommand } from "@aws-sdk/client-eventbridge";
import { mailferrySource, mxChangeDetectedType } from "../../../events/mx-change-detected.ts";
import type { EventBus } from "../../../shared/ports/event-bus.ts";

/** Our bus. PutEvents answers 200 even when it took nothing, so its count of failures is looked at. */
export const eventBridgeBus = (client: EventBridgeClient, busName: string): EventBus => ({
  publishMxChange: async (event) => {
    const { FailedEntryCount, Entries } = await client.send(
      new PutEventsCommand({
        Entries: [
          {
            EventBusName: busName,
            Source: mailferrySource,
            DetailType: mxChangeDetectedType,
            Detail: JSON.stringify(event),
          },
        ],
      }),
    );
    if (FailedEntryCount === 0) return;
    const [entry] = Entries ?? [];
    throw new Error(
      `The event bus refused ${mxChangeDetectedType}: ${entry?.ErrorCode ?? "?"} ${entry?.ErrorMessage ?? ""}`,
    );
  },
});
