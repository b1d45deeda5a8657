import { randomUUID } from "node:crypto";
import type { EventToPublish } from "../events/event.ts";
import { type Fate, fateOf } from "./mailbox-simulator.ts";
import type { OutboxMail } from "./outbox.ts";
import { bareAddress } from "./send-request.ts";

/** The kinds of event that a configuration set's destination can ask for and that happen here. */
export type MailEventType = "send" | "delivery" | "bounce" | "complaint";

export interface SentMail {
  readonly mail: OutboxMail;
  readonly sender: string;
  readonly tags: readonly { readonly Name: string; readonly Value: string }[];
  readonly region: string;
  readonly accountId: string;
}

/**
 * What SES tells EventBridge of one mail, in the order in which it happens
 * (https://docs.aws.amazon.com/ses/latest/dg/monitoring-eventbridge.html, and for the records in `detail`
 * https://docs.aws.amazon.com/ses/latest/dg/event-publishing-retrieving-sns-contents.html).
 */
export const mailEvents = (
  sent: SentMail,
): readonly { readonly type: MailEventType; readonly event: EventToPublish }[] => {
  const { at, to, cc, bcc } = sent.mail;
  const recipients = [...to, ...cc, ...bcc].map(bareAddress);
  const having = (...fates: readonly Fate[]) =>
    recipients.filter((recipient) => fates.includes(fateOf(recipient)));
  const bounce = (bounceSubType: string, bounced: readonly string[], diagnosticCode: string) => ({
    feedbackId: feedbackId(),
    bounceType: "Permanent",
    bounceSubType,
    bouncedRecipients: bounced.map((emailAddress) => ({
      emailAddress,
      action: "failed",
      status: "5.1.1",
      diagnosticCode,
    })),
    timestamp: at,
    reportingMTA: "dns; localhost",
  });
  const told = [
    { type: "send", affected: recipients, record: { send: {} } },
    {
      type: "bounce",
      affected: having("bounced"),
      record: { bounce: bounce("General", having("bounced"), "smtp; 550 5.1.1 user unknown") },
    },
    {
      type: "bounce",
      affected: having("suppressed"),
      record: { bounce: bounce("Suppressed", having("suppressed"), suppressedBecause) },
    },
    {
      type: "delivery",
      affected: having("delivered", "complained"),
      record: {
        delivery: {
          timestamp: at,
          processingTimeMillis: 0,
          recipients: having("delivered", "complained"),
          smtpResponse: "250 2.6.0 Message received",
          reportingMTA: "localhost",
        },
      },
    },
    {
      type: "complaint",
      affected: having("complained"),
      record: {
        complaint: {
          feedbackId: feedbackId(),
          complaintSubType: null,
          complainedRecipients: having("complained").map((emailAddress) => ({ emailAddress })),
          timestamp: at,
          userAgent: "Amazon SES Mailbox Simulator",
          complaintFeedbackType: "abuse",
          arrivalDate: at,
        },
      },
    },
  ] as const;
  return told
    .filter(({ affected }) => affected.length > 0)
    .map(({ type, record }) => ({
      type,
      event: {
        source: "aws.ses",
        detailType: detailTypes[type],
        resources: [
          `arn:aws:ses:${sent.region}:${sent.accountId}:configuration-set/${sent.mail.configurationSet ?? ""}`,
        ],
        detail: { eventType: eventTypes[type], ...record, mail: mailObject(sent, recipients) },
      },
    }));
};

const detailTypes = {
  send: "Email Sent",
  delivery: "Email Delivered",
  bounce: "Email Bounced",
  complaint: "Email Complaint Received",
} as const satisfies Record<MailEventType, string>;

const eventTypes = {
  send: "Send",
  delivery: "Delivery",
  bounce: "Bounce",
  complaint: "Complaint",
} as const satisfies Record<MailEventType, string>;

const suppressedBecause =
  "Amazon SES has suppressed sending to this address because it has a recent history of bouncing as an invalid address.";

const feedbackId = (): string => `${randomUUID()}-000000`;

/** Headers and destinations of the mail, never a part of its body. */
const mailObject = ({ mail, sender, tags, region, accountId }: SentMail, recipients: readonly string[]) => ({
  timestamp: mail.at,
  source: mail.from,
  sourceArn: `arn:aws:ses:${region}:${accountId}:identity/${sender}`,
  sendingAccountId: accountId,
  messageId: mail.messageId,
  destination: recipients,
  headersTruncated: false,
  headers: [
    { name: "From", value: mail.from },
    { name: "To", value: mail.to.join(", ") },
    { name: "Subject", value: mail.subject },
    ...Object.entries(mail.headers).map(([name, value]) => ({ name, value })),
  ],
  commonHeaders: { from: [mail.from], to: mail.to, messageId: mail.messageId, subject: mail.subject },
  tags: {
    "ses:configuration-set": [mail.configurationSet ?? ""],
    "ses:from-domain": [sender.slice(sender.lastIndexOf("@") + 1)],
    "ses:source-ip": ["127.0.0.1"],
    "ses:caller-identity": ["local"],
    ...Object.fromEntries(tags.map(({ Name, Value }) => [Name, [Value]])),
  },
});
