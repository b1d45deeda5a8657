import { randomBytes, randomUUID } from "node:crypto";
import type { Metering } from "../../metering.ts";
import type { EventDestinationProperties } from "../../template/properties/ses.ts";
import type { EventToPublish } from "../events/event.ts";
import type { LocalService } from "../service.ts";
import { answerError, SesError } from "./errors.ts";
import { mailEvents } from "./mail-events.ts";
import { openOutbox } from "./outbox.ts";
import { readSendRequest } from "./send-request.ts";

export interface SesOptions {
  /** The directory that mails are put into instead of being sent. */
  readonly outbox: string;
  readonly region: string;
  readonly accountId: string;
  readonly metering: Metering;
  /** Puts an event on the default bus. */
  readonly publish: (event: EventToPublish) => Promise<void>;
  /** Milliseconds since the epoch. @default Date.now */
  readonly now?: () => number;
}

/** SES API v2, whose mails end in the outbox. */
export interface Ses extends LocalService {
  /** A domain or address that may send. As long as there is none everybody may: identities can be outside the stack. */
  createEmailIdentity(identity: string): void;
  createConfigurationSet(name: string): void;
  createEventDestination(properties: EventDestinationProperties): void;
}

export const openSes = (options: SesOptions): Ses => {
  const { region, accountId, metering, publish, now = Date.now } = options;
  const outbox = openOutbox(options.outbox);
  const identities = new Set<string>();
  /** Event types that are told to EventBridge, by configuration set. */
  const configurationSets = new Map<string, Set<string>>();

  const send = async (body: string): Promise<string> => {
    const { mail, sender, tags } = readSendRequest(body);
    if (identities.size > 0 && !identitiesOf(sender).some((identity) => identities.has(identity))) {
      const why = `The following identities failed the check in region ${region.toUpperCase()}: ${mail.from}`;
      throw new SesError("MessageRejected", `Email address is not verified. ${why}`);
    }
    const { configurationSet } = mail;
    const told = configurationSet === undefined ? noEvents : configurationSets.get(configurationSet);
    if (told === undefined) {
      throw new SesError("NotFoundException", `Configuration set <${configurationSet}> does not exist.`);
    }
    const messageId = `0107${randomBytes(6).toString("hex")}-${randomUUID()}-000000`;
    const sent = { messageId, at: new Date(now()).toISOString(), ...mail };
    outbox.add(sent);
    metering.count("emailsSent", mail.to.length + mail.cc.length + mail.bcc.length);
    for (const { type, event } of mailEvents({ mail: sent, sender, tags, region, accountId })) {
      if (told.has(type)) await publish(event);
    }
    return messageId;
  };

  return {
    signingName: "ses",
    createEmailIdentity: (identity) => void identities.add(identity.toLowerCase()),
    createConfigurationSet: (name) => void configurationSets.set(name, new Set()),
    createEventDestination: ({ ConfigurationSetName, EventDestination }) => {
      const told = configurationSets.get(ConfigurationSetName);
      if (told === undefined) throw new Error(`There is no configuration set ${ConfigurationSetName}`);
      if (EventDestination.Enabled) for (const type of EventDestination.MatchingEventTypes) told.add(type);
    },
    answer: async ({ method, url, body }) => {
      try {
        if (method !== "POST" || url !== "/v2/email/outbound-emails") {
          throw new SesError("BadRequestException", `${method} ${url} is not served here`);
        }
        const MessageId = await send(body.toString("utf8"));
        return {
          status: 200,
          headers: { "content-type": "application/json" },
          body: JSON.stringify({ MessageId }),
        };
      } catch (thrown) {
        return answerError(thrown instanceof SesError ? thrown : internal(thrown));
      }
    },
    stop: async () => undefined,
  };
};

const noEvents: ReadonlySet<string> = new Set();

/** The identities under which an address may send: itself, its domain and the domains above that. */
const identitiesOf = (address: string): string[] => {
  const labels = address
    .slice(address.lastIndexOf("@") + 1)
    .toLowerCase()
    .split(".");
  return [address.toLowerCase(), ...labels.map((_label, index) => labels.slice(index).join("."))];
};

const internal = (thrown: unknown): SesError =>
  new SesError(
    "InternalFailure",
    thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : String(thrown),
  );
