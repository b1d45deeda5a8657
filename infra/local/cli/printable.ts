/**
 * Text from outside, safe for a terminal: folder names, servers' words and cells may hold control characters that would move
 * the cursor, change colours or forge lines.
 */
export const printable = (text: string): string => text.replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, "\ufffd");
