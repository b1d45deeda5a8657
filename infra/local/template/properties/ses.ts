import { z } from "zod";
import { flag } from "./scalars.ts";

/** AWS::SES::EmailIdentity: a domain or an address, taken for verified. */
export const emailIdentityProperties = z.strictObject({ EmailIdentity: z.string().min(1) });

/** AWS::SES::ConfigurationSet, sending. */
export const configurationSetProperties = z.strictObject({
  Name: z.string().optional(),
  SendingOptions: z.strictObject({ SendingEnabled: flag.pipe(z.literal(true)) }).optional(),
});

/** What can happen to a mail here; the last two never do. Nobody opens or clicks, and templates are not rendered. */
const eventType = z.enum(["send", "delivery", "bounce", "complaint", "reject", "deliveryDelay"]);

/** AWS::SES::ConfigurationSetEventDestination: EventBridge's default bus, as on AWS the only one. */
export const eventDestinationProperties = z.strictObject({
  ConfigurationSetName: z.string(),
  EventDestination: z.strictObject({
    Name: z.string().optional(),
    Enabled: flag.default(false),
    MatchingEventTypes: z.array(eventType).min(1),
    EventBridgeDestination: z.strictObject({
      EventBusArn: z
        .string()
        .regex(/^arn:aws:events:[a-z0-9-]+:\d{12}:event-bus\/default$/, "only the default bus"),
    }),
  }),
});

export type EventDestinationProperties = z.output<typeof eventDestinationProperties>;
