import { type Charset, charsetFor, encodedWords } from "./mime.ts";
import { companyDomain, type Person } from "./people.ts";
import { inventSubject } from "./phrases.ts";
import type { Random } from "./random.ts";

/** What is known of a message before its form is chosen. */
export interface Letter {
  readonly from: Person;
  readonly to: Person;
  readonly subject: string;
  /** Of the Date header; the server's INTERNALDATE lies a little later. */
  readonly date: Date;
  /** Without angle brackets; absent as in much sent mail and in drafts. */
  readonly messageId: string | undefined;
}

export function inventLetter(random: Random, from: Person, to: Person, date: Date): Letter {
  const messageId = `${random.hex(16)}.${date.getTime().toString(36)}@mail.${companyDomain}`;
  return { from, to, subject: inventSubject(random), date, messageId };
}

/** The headers every form shares, CRLF after each; the form adds its own and the empty line. */
export function letterHeaders(letter: Letter, charset: Charset): string {
  const lines = [
    `From: ${mailbox(letter.from, charset)}`,
    `To: ${mailbox(letter.to, charset)}`,
    `Subject: ${encodedWords(letter.subject, charset)}`,
    `Date: ${dateHeader(letter.date)}`,
    ...(letter.messageId === undefined ? [] : [`Message-ID: <${letter.messageId}>`]),
    "MIME-Version: 1.0",
  ];
  return lines.map((line) => `${line}\r\n`).join("");
}

function mailbox(person: Person, charset: Charset): string {
  const ascii = /^[\x20-\x7e]*$/.test(person.name);
  const words = encodedWords(person.name, charsetFor(person.name, charset));
  return `${ascii ? `"${person.name}"` : words} <${person.address}>`;
}

/** RFC 5322 §3.3, in China's zone: `Wed, 07 Feb 2024 17:05:00 +0800`. */
function dateHeader(date: Date): string {
  const inChina = new Date(date.getTime() + 8 * 3_600_000);
  return `${inChina.toUTCString().replace(/ GMT$/, "")} +0800`;
}
