import {
  AccountSuspendedException,
  BadRequestException,
  LimitExceededException,
  MailFromDomainNotVerifiedException,
  MessageRejected,
  NotFoundException,
  type SESv2Client,
  SendEmailCommand,
  SendingPausedException,
  TooManyRequestsException,
} from "@aws-sdk/client-sesv2";
import { MailferryError } from "../../../shared/contract/errors.ts";
import type { MailOutcome, MailSender, OutgoingMail } from "../../../shared/ports/mail-sender.ts";

/**
 * Mail by SES, through a configuration set that tells of bounces. Nothing in it counts who opens what: the set has no tracking, and
 * the mail no picture. The client must not repeat a request whose answer it lost: SES would send the mail once more.
 */
export const sesMailSender = (ses: Pick<SESv2Client, "send">, configurationSetName: string): MailSender => ({
  send: async (mail) => {
    try {
      await ses.send(new SendEmailCommand(requestOf(mail, configurationSetName)));
      return { outcome: "sent" };
    } catch (thrown) {
      return outcomeOf(thrown, mail);
    }
  },
});

const requestOf = ({ from, to, replyTo, subject, text, html, tags }: OutgoingMail, setName: string) => ({
  FromEmailAddress: from,
  Destination: { ToAddresses: [to] },
  ...(replyTo === undefined ? {} : { ReplyToAddresses: [replyTo] }),
  ConfigurationSetName: setName,
  EmailTags: Object.entries(tags).map(([Name, Value]) => ({ Name, Value })),
  Content: {
    Simple: {
      Subject: { Data: subject, Charset: "UTF-8" },
      Body: { Text: { Data: text, Charset: "UTF-8" }, Html: { Data: html, Charset: "UTF-8" } },
    },
  },
});

/**
 * SES' errors by what they are about: the rate, this mail, or all mail (API reference, SendEmail). A sender that is not verified, or in
 * the sandbox a recipient, comes as a rejected message, although it is none of the member's doing.
 */
const outcomeOf = (thrown: unknown, { from }: OutgoingMail): MailOutcome => {
  if (thrown instanceof TooManyRequestsException || thrown instanceof LimitExceededException) {
    return { outcome: "tryLater", words: thrown.message };
  }
  const isUnverified = thrown instanceof MessageRejected && thrown.message.includes("not verified");
  if (!isUnverified && (thrown instanceof BadRequestException || thrown instanceof MessageRejected)) {
    return { outcome: "refused", words: thrown.message };
  }
  // The role may send as the deployment's `mailFrom` only, and not at all without one; the client has no class for it.
  const isDenied = thrown instanceof Error && thrown.name === "AccessDeniedException";
  const concernsAll =
    isUnverified ||
    (thrown instanceof Error && thrown.name === "AccessDeniedException") ||
    isDenied ||
    [
      AccountSuspendedException,
      MailFromDomainNotVerifiedException,
      NotFoundException,
      SendingPausedException,
    ].some((kind) => thrown instanceof kind);
  if (!concernsAll || !(thrown instanceof Error)) throw thrown;
  throw new MailferryError(
    "MailNotSent",
    { from, reason: `${thrown.name}: ${thrown.message}` },
    { cause: thrown },
  );
};
