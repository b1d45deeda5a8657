import { randomUUID } from "node:crypto";

/** What a producer says of an event; the bus adds the rest. */
export interface EventToPublish {
  readonly source: string;
  readonly detailType: string;
  readonly detail: object;
  readonly resources?: readonly string[];
  /** Milliseconds since the epoch. @default now */
  readonly time?: number;
}

/** An event as rules match it and targets receive it (https://docs.aws.amazon.com/eventbridge/latest/ref/overiew-event-structure.html). */
export interface BusEvent {
  readonly version: "0";
  readonly id: string;
  readonly "detail-type": string;
  readonly source: string;
  readonly account: string;
  readonly time: string;
  readonly region: string;
  readonly resources: readonly string[];
  readonly detail: object;
}

/** Puts an event into its envelope. `time` has whole seconds, as EventBridge writes it. */
export const envelope = (
  event: EventToPublish,
  { region, accountId, now }: { readonly region: string; readonly accountId: string; readonly now: number },
): BusEvent => ({
  version: "0",
  id: randomUUID(),
  "detail-type": event.detailType,
  source: event.source,
  account: accountId,
  time: new Date(event.time ?? now).toISOString().replace(/\.\d{3}Z$/, "Z"),
  region,
  resources: event.resources ?? [],
  detail: event.detail,
});
