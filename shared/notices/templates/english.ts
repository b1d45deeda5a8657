import type { Timestamp } from "../../contract/ids.ts";
import { hourOf, originOf } from "./facts.ts";
import type { Card, Letter, LetterFacts, Template } from "./letter.ts";

const until = (moment: Timestamp): string => `${hourOf(moment, 0)} UTC`;

const letter = ({ kind, domain, name, address, url, expiresAt, admin }: LetterFacts): Letter => ({
  language: "en",
  subject:
    kind === "ask"
      ? `${domain} mail is moving: please enter your old password once`
      : `Reminder: the password of your old ${domain} mailbox is still needed`,
  paragraphs: [
    { text: name === "" ? "Hello," : `Hello ${name},` },
    {
      text: `Your company is moving the mail of ${domain} to a new mail service. To bring along the mail in your old mailbox ${address}, its password is needed once.${kind === "remind" ? " You have been asked before; no password has come yet, and moving your mail has not begun." : ""}`,
    },
    { text: "Please open this link and enter it on the page:" },
    { link: url },
    {
      text: `The link is for this one mailbox and holds until ${until(expiresAt)}. If you get several of these mails, only the link in the newest one works.`,
    },
    {
      text: "What happens to the password: it is checked at once by logging in to the old mailbox, then kept encrypted and used to move this one mailbox only. It is destroyed when the move is over and is shown to nobody.",
    },
    {
      text: "Do not answer this mail with your password. Nobody will ever ask you for it by mail, by telephone or in a chat.",
    },
    {
      text: `How to check that this mail is genuine: the link begins with ${originOf(url)}. If in doubt, leave it alone and ask your company's mail administrator${admin === undefined ? "" : ` (${admin})`} the way you usually do.`,
    },
  ],
});

const card = ({ kind, domain, address, expiresAt }: LetterFacts): Card => ({
  title: kind === "ask" ? "Mail is moving: password needed" : "Reminder: old mailbox password needed",
  description: `Your company is moving the mail of ${domain}. Please enter the password of ${address} once, so that your mail can come along. The link holds until ${until(expiresAt)}. Never send a password in a chat.`,
  button: "Open",
});

export const english: Template = { letter, card };
