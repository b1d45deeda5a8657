import { type Letter, letterHeaders } from "./letter.ts";
import { base64Lines, type Charset, charsetFor, encodeText, quotedPrintable } from "./mime.ts";
import { inventText } from "./phrases.ts";
import type { Random } from "./random.ts";

/** Turns a letter into the raw bytes of a message. */
export type Form = (letter: Letter, random: Random) => Buffer;

/** One text part in the given charset and transfer encoding. */
export function plainText(wanted: Charset, encoding: "base64" | "quoted-printable" | "8bit"): Form {
  return (letter, random) => {
    const words = `${inventText(random, letter.to.name, letter.from.name)}\r\n`;
    const charset = charsetFor(words, wanted);
    const text = encodeText(words, charset);
    const head =
      `${letterHeaders(letter, charset)}Content-Type: text/plain; charset="${charset}"\r\n` +
      `Content-Transfer-Encoding: ${encoding}\r\n\r\n`;
    if (encoding === "8bit") return Buffer.concat([Buffer.from(head), text]);
    return Buffer.from(head + (encoding === "base64" ? base64Lines(text) : quotedPrintable(text)));
  };
}

/** text/plain beside text/html, as mail programs send. */
export const htmlAlternative: Form = (letter, random) => {
  const text = inventText(random, letter.to.name, letter.from.name);
  const html = `<html><body style="font-family:微软雅黑"><p>${text.replaceAll("\r\n", "<br>")}</p></body></html>\r\n`;
  const boundary = `----=_Alternative_${random.hex(12)}`;
  return Buffer.from(
    `${letterHeaders(letter, "utf-8")}Content-Type: multipart/alternative;\r\n\tboundary="${boundary}"\r\n\r\n` +
      part(boundary, 'text/plain; charset="utf-8"', "base64", base64Lines(Buffer.from(text))) +
      part(boundary, 'text/html; charset="utf-8"', "quoted-printable", quotedPrintable(Buffer.from(html))) +
      `--${boundary}--\r\n`,
  );
};

function part(boundary: string, type: string, encoding: string, body: string): string {
  return `--${boundary}\r\nContent-Type: ${type}\r\nContent-Transfer-Encoding: ${encoding}\r\n\r\n${body}\r\n`;
}
