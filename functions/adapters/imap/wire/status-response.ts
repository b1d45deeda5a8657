/** A tagged answer, or an untagged BYE. */
export interface StatusResponse {
  /** The command's tag, or `*`. */
  readonly tag: string;
  readonly status: "OK" | "NO" | "BAD" | "BYE";
  /** RFC 5530 and others: `OVERQUOTA`, `APPENDUID`, …; null when there is none. */
  readonly code: string | null;
  /** What stands behind the code inside the brackets. */
  readonly detail: string;
  readonly words: string;
}

const form = /^(\S+) (OK|NO|BAD|BYE)(?: (?:\[([^\s\]]{1,100})(?: ([^\]]*))?\] ?)?(.*))?$/i;

/** Reads a line as a status response (RFC 3501 §7.1), or null when it is something else. Words are UTF-8 (RFC 5255). */
export const readStatus = (line: string): StatusResponse | null => {
  // `* 12 FETCH …` is by far the most frequent line.
  if (isNumbered(line)) return null;
  const [, tag, status, code, detail = "", words = ""] = form.exec(line) ?? [];
  const known = statuses.find((one) => one === status?.toUpperCase());
  if (tag === undefined || known === undefined) return null;
  return {
    tag,
    status: known,
    code: code?.toUpperCase() ?? null,
    detail,
    words: Buffer.from(words, "latin1").toString("utf8"),
  };
};

const isNumbered = (line: string): boolean => {
  const third = line.charCodeAt(2);
  return line.startsWith("* ") && third >= 48 && third <= 57;
};

const statuses = ["OK", "NO", "BAD", "BYE"] as const;

/** A refusal in imapflow's terms, which the adapter sorts failures by. */
export const failureOf = ({ status, code, words }: StatusResponse) => ({
  message: words,
  responseStatus: status,
  responseText: words,
  ...(code === null ? {} : { serverResponseCode: code }),
});
