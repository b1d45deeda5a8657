import { encodeGb18030, fitsGb18030 } from "./gb18030.ts";

/** The charsets the demo's mail is written in. */
export type Charset = "utf-8" | "gb18030";

export function encodeText(text: string, charset: Charset): Buffer {
  return charset === "utf-8" ? Buffer.from(text, "utf8") : encodeGb18030(text);
}

/** The wanted charset when it can hold the text, UTF-8 otherwise: what a mail program does. */
export function charsetFor(text: string, wanted: Charset): Charset {
  return wanted === "gb18030" && !fitsGb18030(text) ? "utf-8" : wanted;
}

/**
 * A header's text as encoded words (RFC 2047), each within 75 characters and cut between characters, on folded lines.
 * Plain ASCII stays as it is.
 */
export function encodedWords(text: string, charset: Charset): string {
  if (/^[\x20-\x7e]*$/.test(text)) return text;
  const words: string[] = [];
  let piece = "";
  for (const character of text) {
    if (encodeText(piece + character, charset).length > 42) {
      words.push(piece);
      piece = "";
    }
    piece += character;
  }
  return [...words, piece]
    .map((word) => `=?${charset}?B?${encodeText(word, charset).toString("base64")}?=`)
    .join("\r\n ");
}

/** Base64 in lines of 76 characters (RFC 2045 §6.8), CRLF after each. */
export function base64Lines(content: Buffer): string {
  return content.toString("base64").replace(/.{1,76}/g, "$&\r\n");
}

/** Quoted-printable (RFC 2045 §6.7) of text with CRLF line ends; soft breaks keep lines within 76 characters. */
export function quotedPrintable(content: Buffer): string {
  return content
    .toString("latin1")
    .split("\r\n")
    .map((line) => softBroken(quotedLine(line)))
    .join("\r\n");
}

function quotedLine(line: string): string {
  const escaped = (character: string): string =>
    `=${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, "0")}`;
  return line.replace(/[^\x20-\x7e]|=/g, escaped).replace(/ $/, "=20");
}

function softBroken(line: string): string {
  const pieces: string[] = [];
  let rest = line;
  while (rest.length > 76) {
    // An escape of three characters is never cut in two.
    const lastEscape = rest.lastIndexOf("=", 74);
    const end = lastEscape > 72 ? lastEscape : 75;
    pieces.push(`${rest.slice(0, end)}=`);
    rest = rest.slice(end);
  }
  return [...pieces, rest].join("\r\n");
}
