import type { RefusalClass } from "../contract/mailbox.ts";

/**
 * The largest message that is carried, in octets. Providers stop at 25 to 150 MB (Gmail 35,651,584, WeCom about 50 MB); more than
 * this would not fit into a worker twice. A larger one is recorded as refused.
 */
export const largestMessage = 104_857_600;

/** Sorts a refusal by its response code (RFC 5530, RFC 7889) or, where there is none, by the server's words (Cyrus, Courier). */
export const refusalClass = (code: string | null, words: string): RefusalClass => {
  if (code === "OVERQUOTA") return "over-quota";
  if (code === "TOOBIG" || code === "APPENDLIMIT") return "too-large";
  return classByWords.find(([pattern]) => pattern.test(words))?.[1] ?? "other";
};

/** As much of the server's words as a record keeps. */
export const shortened = (words: string): string => words.slice(0, 500);

/** Size before quota: Dovecot's "quota exceeded: message too large" is about the message. */
const classByWords: readonly (readonly [RegExp, RefusalClass])[] = [
  [/too (big|large)|larger than|(size|append) ?limit|maximum (message )?size/i, "too-large"],
  [/quota|mailbox (is )?full|no space|exceeded/i, "over-quota"],
  [
    /invalid header|malformed|syntax|bare (lf|newline)|\bnul\b|not a valid message|invalid message/i,
    "malformed",
  ],
];
