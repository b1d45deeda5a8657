import { migrationTag, noticeTags } from "../../events/outgoing-mail-event.ts";
import type { MailAddress } from "../contract/ids.ts";
import type { Delivery } from "../contract/notice.ts";
import type { HeldSettings } from "../contract/settings.ts";
import type { Clock } from "../ports/clock.ts";
import type { MailSender } from "../ports/mail-sender.ts";
import type { Begun } from "./begin-notice.ts";
import { onOneLine } from "./templates/facts.ts";
import type { LetterFacts } from "./templates/letter.ts";
import { renderMail } from "./templates/render-notice.ts";
import type { Waiting } from "./waiting.ts";

export interface SendMailPorts {
  readonly clock: Clock;
  readonly mailSender: MailSender;
}

interface NoticeMail {
  readonly from: MailAddress;
  readonly account: Begun;
  readonly facts: LetterFacts;
}

/** Sends the mail of a notice to the old address. @throws MailNotSent */
export const sendMail = async (
  { clock, mailSender }: SendMailPorts,
  { members, notices }: HeldSettings,
  { from, account, facts }: NoticeMail,
): Promise<Delivery | Waiting> => {
  const { migrationId, address, notice } = account;
  const answer = await mailSender.send({
    from,
    to: address,
    ...(notices.admin === undefined ? {} : { replyTo: notices.admin }),
    ...renderMail(facts, members.languages),
    tags: {
      [noticeTags.migration]: migrationTag(migrationId),
      [noticeTags.number]: String(notice.number),
    },
  });
  switch (answer.outcome) {
    case "sent":
      return { outcome: "sent", at: clock.now() };
    case "refused": {
      const words = onOneLine(answer.words).slice(0, 500);
      return { outcome: "undeliverable", at: clock.now(), reason: "refused", words };
    }
    case "tryLater":
      return { outcome: "wait", words: answer.words };
  }
};
