import { type Letter, letterHeaders } from "./letter.ts";
import { base64Lines, encodedWords } from "./mime.ts";
import { inventText } from "./phrases.ts";
import type { Random } from "./random.ts";
import type { Form } from "./text-forms.ts";

/** A text with one file of `least` to `most` bytes before its encoding. */
export function withAttachment(least: number, most: number): Form {
  return (letter, random) => mixed(letter, random, random.bytes(least + random.integer(most - least)));
}

/** A message that carries another, whole: what a forward as attachment looks like. */
export const forwardedWhole: Form = (letter, random) => {
  const boundary = `----=_Forward_${random.hex(12)}`;
  const inner = `${letterHeaders({ ...letter, subject: "原邮件" }, "utf-8")}\r\n${random.hex(300)}\r\n`;
  return Buffer.from(
    `${letterHeaders(letter, "utf-8")}Content-Type: multipart/mixed; boundary="${boundary}"\r\n\r\n` +
      `--${boundary}\r\nContent-Type: message/rfc822\r\nContent-Disposition: inline\r\n\r\n${inner}\r\n` +
      `--${boundary}--\r\n`,
  );
};

function mixed(letter: Letter, random: Random, file: Buffer): Buffer {
  const boundary = `----=_Mixed_${random.hex(12)}`;
  const name = random.pick(fileNames);
  const head =
    `${letterHeaders(letter, "utf-8")}Content-Type: multipart/mixed;\r\n\tboundary="${boundary}"\r\n\r\n` +
    `This is a multi-part message in MIME format.\r\n--${boundary}\r\n` +
    'Content-Type: text/plain; charset="utf-8"\r\nContent-Transfer-Encoding: base64\r\n\r\n' +
    `${base64Lines(Buffer.from(inventText(random, letter.to.name, letter.from.name)))}\r\n--${boundary}\r\n` +
    `Content-Type: application/octet-stream; name="${encodedWords(name, "utf-8")}"\r\n` +
    // RFC 2231 as modern programs write it, beside the encoded word that old ones need.
    `Content-Disposition: attachment;\r\n filename*=UTF-8''${encodeURIComponent(name)}\r\n` +
    "Content-Transfer-Encoding: base64\r\n\r\n";
  return Buffer.from(`${head}${base64Lines(file)}\r\n--${boundary}--\r\n`);
}

const fileNames = [
  "合同（盖章）.pdf",
  "报价单-2024.xlsx",
  "drawing_A3.dwg",
  "发票扫描件.jpg",
  "会议纪要 v2.docx",
];
