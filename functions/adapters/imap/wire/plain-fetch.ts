import { uidOf } from "../../../../shared/copy/uid-set.ts";
import type { Fetched } from "./fetch-response.ts";
import type { Digest } from "./literal.ts";
import type { Response } from "./response-reader.ts";
import { readDate } from "./wire-date.ts";

const atoms = String.raw`(?:[^()"{\s]+(?: [^()"{\s]+)*)?`;
const form = new RegExp(
  String.raw`^\* \d{1,10} FETCH \(UID (\d{1,10})(?: FLAGS \((${atoms})\) INTERNALDATE "([^"\\]{1,40})")? RFC822\.SIZE (\d{1,10})(\)| BODY\[\] )$`,
);

/**
 * Reads a FETCH response that has just what was asked for, in that order, as most servers answer: at one stroke, because this runs three
 * times for every message. Null for any other, which is then to be read token by token.
 */
export const readPlainFetch = (response: Response): Fetched | null => {
  const [, uid, flags, date, size, end] = form.exec(response[0]) ?? [];
  if (uid === undefined || size === undefined) return null;
  const raw = end === ")" ? null : bodyOf(response);
  if (raw === undefined || (raw === null && response.length !== 1)) return null;
  const internalDate = date === undefined ? null : readDate(date);
  if (internalDate === null && date !== undefined) return null;
  return {
    uid: uidOf(Number(uid)),
    size: Number(size),
    internalDate,
    flags: flags === undefined ? null : flagsOf(flags),
    raw,
  };
};

/** The message that the response ends with; undefined where it is of another form. */
const bodyOf = ([, body, rest, ...more]: Response): Uint8Array | Digest | undefined =>
  typeof body !== "string" && rest === ")" && more.length === 0 ? body : undefined;

const flagsOf = (text: string): readonly string[] =>
  text === "" ? [] : text.split(" ").filter((flag) => flag.toLowerCase() !== "\\recent");
