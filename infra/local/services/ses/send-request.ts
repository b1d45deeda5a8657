import { z } from "zod";
import { problemsOf } from "../json-protocol.ts";
import { SesError } from "./errors.ts";
import type { OutboxMail } from "./outbox.ts";

/** What SendEmail was asked to send, checked; everything but the message id and the time. */
export interface SendRequest {
  readonly mail: Omit<OutboxMail, "messageId" | "at">;
  /** The sender's address without a display name. */
  readonly sender: string;
  readonly tags: readonly { readonly Name: string; readonly Value: string }[];
}

/**
 * Reads the body of `SendEmail` with `Simple` content. Strict, and without what is not served here (`Raw`, `Template`,
 * attachments): a parameter that nobody honours would be believed to be honoured. @throws {SesError}
 */
export const readSendRequest = (body: string): SendRequest => {
  const parsed = request.safeParse(json(body));
  if (!parsed.success) throw new SesError("BadRequestException", problemsOf(parsed.error));
  const { FromEmailAddress, Destination, ReplyToAddresses, Content, EmailTags } = parsed.data;
  const { ToAddresses, CcAddresses, BccAddresses } = Destination;
  const recipients = [...ToAddresses, ...CcAddresses, ...BccAddresses];
  if (recipients.length === 0 || recipients.length > maximumRecipients) {
    throw new SesError("BadRequestException", `A mail has one to ${maximumRecipients} recipients`);
  }
  const { Subject, Body, Headers } = Content.Simple;
  if (Body.Text === undefined && Body.Html === undefined) {
    throw new SesError("BadRequestException", "The body has neither text nor HTML");
  }
  for (const address of [FromEmailAddress, ...recipients, ...ReplyToAddresses]) checkAddress(address);
  return {
    sender: bareAddress(FromEmailAddress),
    tags: EmailTags,
    mail: {
      from: FromEmailAddress,
      to: ToAddresses,
      cc: CcAddresses,
      bcc: BccAddresses,
      replyTo: ReplyToAddresses,
      subject: Subject.Data,
      ...(Body.Text === undefined ? {} : { text: Body.Text.Data }),
      ...(Body.Html === undefined ? {} : { html: Body.Html.Data }),
      headers: Object.fromEntries(Headers.map(({ Name, Value }) => [Name, Value])),
      ...(parsed.data.ConfigurationSetName === undefined
        ? {}
        : { configurationSet: parsed.data.ConfigurationSetName }),
    },
  };
};

/** `a@example.test` of `Somebody <a@example.test>`. */
export const bareAddress = (mailbox: string): string =>
  (/<([^<>]*)>\s*$/.exec(mailbox)?.[1] ?? mailbox).trim();

const maximumRecipients = 50;

const addresses = z.array(z.string()).default([]);

/** Texts come as JSON, so as Unicode; the charset says how they are to be encoded on the way, which ends here. */
const content = z.strictObject({ Data: z.string(), Charset: z.string().optional() });

/** A line break would let a value begin a header of its own. */
const oneLine = z.string().regex(/^[^\r\n]*$/, "must not contain a line break");

const request = z.strictObject({
  FromEmailAddress: oneLine,
  Destination: z.strictObject({
    ToAddresses: addresses,
    CcAddresses: addresses,
    BccAddresses: addresses,
  }),
  ReplyToAddresses: addresses,
  Content: z.strictObject({
    Simple: z.strictObject({
      Subject: content.extend({ Data: oneLine }),
      Body: z.strictObject({ Text: content.optional(), Html: content.optional() }),
      Headers: z
        .array(
          z.strictObject({ Name: z.string().regex(/^[!-9;-~]{1,126}$/), Value: oneLine.min(1).max(870) }),
        )
        .max(15)
        .default([]),
    }),
  }),
  EmailTags: z.array(z.strictObject({ Name: z.string(), Value: z.string() })).default([]),
  ConfigurationSetName: z.string().optional(),
});

const json = (body: string): unknown => {
  try {
    const parsed: unknown = JSON.parse(body);
    return parsed;
  } catch (cause) {
    throw new SesError("BadRequestException", `The body is not JSON: ${String(cause)}`);
  }
};

/** SES takes addresses of ASCII only; other names are written in Punycode, and local parts cannot be. */
const checkAddress = (mailbox: string): void => {
  if (!/^[!-?A-~]+@[\w-]+(\.[\w-]+)*$/.test(bareAddress(mailbox))) {
    throw new SesError("BadRequestException", `Illegal address: ${mailbox}`);
  }
};
