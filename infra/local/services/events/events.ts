import type { Metering } from "../../metering.ts";
import { TemplateUnsupported } from "../../template/problems.ts";
import type { Alarm } from "../alarm.ts";
import { answerJson } from "../json-protocol.ts";
import type { FunctionInvoker, LocalService } from "../service.ts";
import { openDeliverer } from "./deliverer.ts";
import { type NewDelivery, openDeliveries } from "./deliveries.ts";
import { type BusEvent, type EventToPublish, envelope } from "./event.ts";
import { payloadOf } from "./payload.ts";
import { putEvents } from "./put-events.ts";
import { type Rule, readRule } from "./rule.ts";
import { startSchedule } from "./schedule.ts";
import type { SendToQueue } from "./send.ts";

export interface EventsOptions {
  /** The directory for this service's own state. */
  readonly dataDir: string;
  readonly region: string;
  readonly accountId: string;
  readonly invoker: FunctionInvoker;
  readonly sendToQueue: SendToQueue;
  readonly metering: Metering;
  /** Milliseconds since the epoch. @default Date.now */
  readonly now?: () => number;
  /** Rings every schedule at this pace instead of its own: on one machine nobody pays for an invocation. @default its own */
  readonly scheduleEverySeconds?: number;
  /** Seconds before the first retry of a delivery. @default 1 */
  readonly retryAfterSeconds?: number;
}

/** EventBridge: buses, rules, schedules, and deliveries that survive a kill. */
export interface Events extends LocalService {
  createEventBus(bus: { readonly name: string; readonly arn: string }): void;
  /**
   * Makes a rule of the resolved properties of an `AWS::Events::Rule`; the same ARN again replaces it.
   * @throws TemplateUnsupported listing everything that would not work here as on AWS.
   */
  createRule(rule: { readonly arn: string; readonly properties: unknown }): void;
  /** What another service of the local cloud has to say, on the default bus. Once it resolves the event is in the journal. */
  publish(event: EventToPublish): Promise<void>;
  /** Starts schedules and deliveries. Call it once, when the functions and what they call are up. */
  start(): void;
}

export const openEvents = async (options: EventsOptions): Promise<Events> => {
  const { dataDir, region, accountId, invoker, sendToQueue, metering, now = Date.now } = options;
  const deliveries = openDeliveries(dataDir);
  const retryAfterSeconds = options.retryAfterSeconds ?? 1;
  const deliverer = openDeliverer({ deliveries, invoker, sendToQueue, now, retryAfterSeconds });
  const buses = new Set(["default", `arn:aws:events:${region}:${accountId}:event-bus/default`]);
  const rules = new Map<string, Rule>();
  const schedules: Alarm[] = [];
  const nameOf = (bus: string): string => bus.slice(bus.lastIndexOf("/") + 1);

  const accept = (event: EventToPublish, bus: string): BusEvent | undefined => {
    if (!buses.has(bus)) return undefined;
    const enclosed = envelope(event, { region, accountId, now: now() });
    const matching = [...rules.values()].filter(
      (rule) => rule.enabled && nameOf(rule.bus) === nameOf(bus) && rule.matches(enclosed),
    );
    deliveries.add(matching.flatMap((rule) => deliveriesOf(rule, enclosed, now())));
    deliverer.nudge();
    return enclosed;
  };

  const ring = (rule: Rule): void => {
    const event = envelope(scheduledEvent(rule), { region, accountId, now: now() });
    const wanted = deliveriesOf(rule, event, now(), true);
    deliveries.add(wanted.filter(({ lane }) => deliveries.inLane(lane ?? "") < RUNNING_AND_WAITING));
    deliverer.nudge();
  };

  const operations = {
    PutEvents: putEvents(accept, (count) => metering.count("eventsPublished", count)),
  };
  return {
    signingName: "events",
    answer: (request) => answerJson(request, operations),
    createEventBus: ({ name, arn }) => void buses.add(name).add(arn),
    createRule: ({ arn, properties }) => {
      const rule = readRule(arn, properties);
      if (!buses.has(rule.bus)) {
        const problem = { path: "EventBusName", reason: `there is no bus ${rule.bus}` };
        throw new TemplateUnsupported(`rule ${arn}`, [problem]);
      }
      rules.set(arn, rule);
    },
    publish: async (event) => void accept(event, "default"),
    start: () => {
      deliveries.restart(now());
      for (const rule of rules.values()) {
        if (!rule.enabled || rule.everySeconds === undefined) continue;
        const every = options.scheduleEverySeconds ?? rule.everySeconds;
        schedules.push(startSchedule(every, now, () => ring(rule)));
      }
      deliverer.start();
    },
    stop: async () => {
      for (const schedule of schedules) schedule.cancel();
      deliverer.stop();
      deliveries.close();
    },
  };
};

/** A schedule whose target is slow has one ring under way and one waiting; further rings are left out. */
const RUNNING_AND_WAITING = 2;

const deliveriesOf = (rule: Rule, event: BusEvent, acceptedAt: number, inLane = false): NewDelivery[] =>
  rule.targets.map((target) => ({
    ruleArn: rule.arn,
    target,
    payload: payloadOf(event, target),
    acceptedAt,
    lane: inLane ? `${rule.arn} ${target.Id}` : undefined,
  }));

const scheduledEvent = ({ arn }: Rule): EventToPublish => ({
  source: "aws.events",
  detailType: "Scheduled Event",
  resources: [arn],
  detail: {},
});
