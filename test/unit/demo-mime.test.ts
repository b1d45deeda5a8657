import fc from "fast-check";
import { expect, test } from "vitest";
import { base64Lines, encodedWords, quotedPrintable } from "../../infra/local/demo/company/mime.ts";
import { wireMailboxName } from "../../infra/local/demo/seeding/mailbox-name.ts";

const textLine = fc.stringMatching(/^[ -~é合同📎]{0,300}$/u);

/** Written from RFC 2045 §6.7 for this test: the encoder must not be its own judge. */
const unquoted = (encoded: string): string =>
  Buffer.from(
    encoded
      .replace(/=\r\n/g, "")
      .replace(/=([0-9A-F]{2})/g, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 16))),
    "latin1",
  ).toString("utf8");

test("quoted-printable reads back, in lines of at most 76 characters that end in no blank", () => {
  fc.assert(
    fc.property(fc.array(textLine, { maxLength: 4 }), (lines) => {
      const text = lines.join("\r\n");
      const encoded = quotedPrintable(Buffer.from(text, "utf8"));
      expect(unquoted(encoded)).toBe(text);
      for (const line of encoded.split("\r\n")) expect(line).toMatch(/^(|.{0,75}[^ ])$/);
    }),
  );
});

test("encoded words read back, none longer than the 75 characters RFC 2047 allows", () => {
  fc.assert(
    fc.property(textLine, (text) => {
      const words = encodedWords(text, "utf-8").split("\r\n ");
      const read = words.map((word) => {
        const base64 = /^=\?utf-8\?B\?(.*)\?=$/.exec(word)?.[1];
        return base64 === undefined ? word : Buffer.from(base64, "base64").toString("utf8");
      });
      expect(read.join("")).toBe(text);
      const encoded = words.filter((word) => word.startsWith("=?"));
      expect(encoded.filter((word) => word.length > 75)).toEqual([]);
    }),
  );
});

test("base64 reads back, in lines of at most 76 characters", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 500 }), (bytes) => {
      const encoded = base64Lines(Buffer.from(bytes));
      expect(Buffer.from(encoded, "base64")).toEqual(Buffer.from(bytes));
      for (const line of encoded.split("\r\n")) expect(line.length).toBeLessThanOrEqual(76);
    }),
  );
});

test.each([
  ["INBOX", '"INBOX"'],
  // The examples of RFC 3501 §5.1.3.
  ["~peter/mail/台北/日本語", '"~peter/mail/&U,BTFw-/&ZeVnLIqe-"'],
  ["R&D", '"R&-D"'],
  ['报价 "1"', '"&YqVO9w- \\"1\\""'],
  ["📎", '"&2D3czg-"'],
])("folder %s is %s on the wire", (path, wire) => {
  expect(wireMailboxName(path)).toBe(wire);
});
