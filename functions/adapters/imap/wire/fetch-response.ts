import { uidOf } from "../../../../shared/copy/uid-set.ts";
import type { MessageSize } from "../../../../shared/ports/mail-server.ts";
import { close, open, Tokens, type Value } from "./fetch-tokens.ts";
import { Digest } from "./literal.ts";
import { readPlainFetch } from "./plain-fetch.ts";
import type { Response } from "./response-reader.ts";
import { readDate } from "./wire-date.ts";

/** What a FETCH response says of a message; null what was not asked for. */
export interface Fetched extends MessageSize {
  readonly internalDate: string | null;
  readonly flags: readonly string[] | null;
  /** Or its digest, where no more was kept of it. */
  readonly raw: Uint8Array | Digest | null;
}

const opening = /^\* \d{1,10} FETCH (?=\()/i;

/**
 * Reads a FETCH response (RFC 3501 §7.4.2) with a message's size; null for any other response, a mere change of flags
 * included, which a server may throw in at any time. @throws SyntaxError when it is a FETCH and cannot be read
 */
export const readFetched = (response: Response): Fetched | null =>
  readPlainFetch(response) ?? readTokens(response);

const readTokens = (response: Response): Fetched | null => {
  const start = opening.exec(response[0])?.[0].length;
  if (start === undefined) return null;
  const tokens = new Tokens(response, start);
  if (tokens.next() !== open) throw new SyntaxError("no list where one is due");
  let [uid, size, date]: (Value | undefined)[] = [];
  let flags: readonly Value[] | null = null;
  let body: Value | undefined;
  for (let name = tokens.next(); name !== close; name = tokens.next()) {
    const value = tokens.value();
    switch (textOf(name).toUpperCase()) {
      case "UID":
        uid = value;
        break;
      case "RFC822.SIZE":
        size = value;
        break;
      case "INTERNALDATE":
        date = value;
        break;
      case "FLAGS":
        flags = Array.isArray(value) ? value : null;
        break;
      case "BODY[]":
        body = value;
        break;
    }
  }
  if (size === undefined) return null;
  return {
    uid: uidOf(Number(textOf(uid))),
    size: Number(textOf(size)),
    internalDate: date === undefined ? null : dateOf(date),
    flags: flags?.map(textOf).filter((flag) => flag.toLowerCase() !== "\\recent") ?? null,
    raw: octetsOf(body),
  };
};

const dateOf = (date: Value): string => {
  const internalDate = readDate(textOf(date));
  if (internalDate === null) throw new SyntaxError("an INTERNALDATE that is none");
  return internalDate;
};

/** An empty message may come as `""` or as NIL. */
const octetsOf = (value: Value | undefined): Uint8Array | Digest | null => {
  if (value === null) return new Uint8Array();
  if (Buffer.isBuffer(value) || value instanceof Digest) return value;
  return typeof value === "string" ? Buffer.from(value, "latin1") : null;
};

const textOf = (value: ReturnType<Tokens["next"]> | Value | undefined): string => {
  if (typeof value === "string") return value;
  return Buffer.isBuffer(value) ? value.toString("latin1") : "";
};
