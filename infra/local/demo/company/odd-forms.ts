import { encodeGb18030 } from "./gb18030.ts";
import { letterHeaders } from "./letter.ts";
import { base64Lines } from "./mime.ts";
import { inventText } from "./phrases.ts";
import type { Form } from "./text-forms.ts";

/** No body at all, not even one line. */
export const emptyBody: Form = (letter) => Buffer.from(`${letterHeaders(letter, "utf-8")}\r\n`);

/** Hundreds of References and a Received chain: headers of several kilobytes. */
export const longHeaders: Form = (letter, random) => {
  const received = Array.from(
    { length: 12 },
    (_, hop) =>
      `Received: from relay${hop}.yunfan.example (10.0.${hop}.1)\r\n\tby mx.yunfan.example; id ${random.hex(20)}\r\n`,
  );
  const references = Array.from({ length: 120 }, () => `<${random.hex(24)}@thread.example>`).join("\r\n ");
  const text = base64Lines(Buffer.from(inventText(random, letter.to.name, letter.from.name)));
  return Buffer.from(
    `${received.join("")}${letterHeaders(letter, "utf-8")}References: ${references}\r\n` +
      'Content-Type: text/plain; charset="utf-8"\r\n' +
      `Content-Transfer-Encoding: base64\r\n\r\n${text}`,
  );
};

/** Headers that break RFC 5322 as Chinese web mail of the 2010s did: raw GB18030 in Subject, nothing declared. */
export const undeclaredBytes: Form = (letter, random) =>
  Buffer.concat([
    Buffer.from("Subject: "),
    encodeGb18030(letter.subject),
    Buffer.from(`\r\nFrom: <${letter.from.address}>\r\nX-Mailer: FoxPost 5.0 [cn]\r\n\r\n`),
    encodeGb18030(random.pick(["下午三点前回电。", "图纸收到，谢谢。", "请补发传真件。"])),
    Buffer.from("\r\n"),
  ]);

/** One body line of some thousand bytes and no line end at the end of the message. */
export const endlessLine: Form = (letter, random) =>
  Buffer.from(`${letterHeaders(letter, "utf-8")}\r\n${random.hex(1_500 + random.integer(2_000))}`);
