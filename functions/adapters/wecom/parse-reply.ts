/**
 * Parses JSON without harm to large numbers: an integer beyond 2^53 - 1 becomes the text it was written as. WeCom's and
 * Exmail's department ids have 64 bits, and rounded to the next double two of them may be one.
 * @throws SyntaxError
 */
export const parseReply = (text: string): unknown => JSON.parse(text, exactNumber);

/** The third argument is ECMAScript's "JSON.parse source text access", which Node has since 21. */
const exactNumber = (_key: string, value: unknown, context?: { readonly source?: string }): unknown =>
  typeof value === "number" && !Number.isSafeInteger(value) && /^-?\d+$/.test(context?.source ?? "")
    ? context?.source
    : value;
