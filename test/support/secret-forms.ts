/** One way in which a secret may have been written down. */
export interface SecretForm {
  readonly form: string;
  readonly bytes: Buffer;
}

/** As text and as it comes out of the encodings that stores, logs, URLs and documents use; each form once. */
export const formsOf = (secret: string): readonly SecretForm[] => {
  const plain = Buffer.from(secret, "utf8");
  const json = JSON.stringify(secret).slice(1, -1);
  const percent = encodeURIComponent(secret);
  const utf16 = Buffer.from(secret, "utf16le");
  const texts: readonly (readonly [string, string])[] = [
    ["JSON", json],
    ["JSON in JSON", JSON.stringify(json).slice(1, -1)],
    ["JSON in ASCII", asciiJson(json, "x")],
    ["JSON in ASCII", asciiJson(json, "X")],
    ["URL-encoded", percent],
    ["URL-encoded", percent.replaceAll(/%[0-9A-F]{2}/g, (byte) => byte.toLowerCase())],
    ["URL-encoded twice", encodeURIComponent(percent)],
    ["a form", new URLSearchParams([["", secret]]).toString().slice(1)],
    ["XML", escapeXml(secret)],
    ["hexadecimal", plain.toString("hex")],
    ["hexadecimal", plain.toString("hex").toUpperCase()],
    ...base64Of(plain).map((text) => ["base64", text] as const),
    ...base64Of(utf16).map((text) => ["base64 of UTF-16", text] as const),
  ];
  const forms = [
    { form: "plain text", bytes: plain },
    { form: "UTF-16", bytes: utf16 },
    { form: "UTF-16", bytes: Buffer.from(utf16).swap16() },
    ...texts.map(([form, text]) => ({ form, bytes: Buffer.from(text, "utf8") })),
  ];
  return forms.filter(({ bytes }, index) => forms.findIndex((other) => other.bytes.equals(bytes)) === index);
};

const asciiJson = (json: string, digits: "x" | "X"): string =>
  json.replaceAll(/[^ -~]/g, (unit) => {
    const hex = unit.charCodeAt(0).toString(16).padStart(4, "0");
    return `\\u${digits === "x" ? hex : hex.toUpperCase()}`;
  });

const escapeXml = (text: string): string =>
  text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("'", "&apos;");

/**
 * What of a base64 text is the secret's alone, wherever it begins in what was encoded: three bytes are four characters, so there
 * are three ways, each in two alphabets.
 */
const base64Of = (secret: Buffer): string[] =>
  [0, 1, 2].flatMap((before) => {
    const whole = Buffer.concat([Buffer.alloc(before), secret]);
    const own = whole
      .toString("base64")
      .slice(Math.ceil((before * 8) / 6), Math.floor((whole.length * 8) / 6));
    return [own, own.replaceAll("+", "-").replaceAll("/", "_")];
  });
