/**
 * Text from outside, safe for a terminal: folder names, servers' words and cells may hold control characters that would move
 * the cursor, change colours or forge lines.
 */
export const printable = (text: string): string => text.replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, "\ufffd");

/**
 * A JSON document, safe for a terminal and none the less the same document: JSON.stringify leaves DEL, the C1 controls (0x9b begins an
 * escape sequence), directional overrides and other invisible characters as they are; here they are written as `\uXXXX`.
 */
export const printableJson = (document: object, indent = 0): string =>
  JSON.stringify(document, null, indent).replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, (character) =>
    character === "\n" ? character : escaped(character),
  );

/** By UTF-16 code units (RFC 8259 §7); some invisible characters have two. */
const escaped = (character: string): string =>
  Array.from(
    { length: character.length },
    (_unused, index) => `\\u${character.charCodeAt(index).toString(16).padStart(4, "0")}`,
  ).join("");
