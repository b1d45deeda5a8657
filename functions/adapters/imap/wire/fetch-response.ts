import { uidOf } from "../../../../shared/copy/uid-set.ts";
import type { MessageMetadata } from "../../../../shared/ports/mail-server.ts";
import type { Response } from "./response-reader.ts";
import { readDate } from "./wire-date.ts";

/** What a FETCH response says of a message. */
export interface Fetched extends MessageMetadata {
  /** Null when the body was not asked for. */
  readonly raw: Uint8Array | null;
}

/** A value of a FETCH response: text, octets, or a list of them; NIL is null. */
type Value = string | Buffer | null | readonly Value[];

const opening = /^\* \d{1,10} FETCH (?=\()/i;
/** One token: a parenthesis, a quoted string, or an atom (`BODY[]` and flags included). */
const token = / *(?:([()])|"((?:[^"\\]|\\.)*)"|((?:\[[^\]]*\]|[^\s()"])+))/y;
/** FETCH lists are flat but for the flags and MODSEQ; BODYSTRUCTURE is never asked for. */
const deepest = 8;

/**
 * Reads a FETCH response (RFC 3501 §7.4.2) with a message's metadata; null for any other response, a mere change of flags
 * included, which a server may throw in at any time. @throws SyntaxError when it is a FETCH and cannot be read
 */
export const readFetched = (response: Response): Fetched | null => {
  const [head, ...rest] = response;
  const start = opening.exec(head)?.[0];
  if (start === undefined) return null;
  const items = itemsOf(new Tokens([head.slice(start.length), ...rest]).list());
  const [size, date, flags] = [items.get("RFC822.SIZE"), items.get("INTERNALDATE"), items.get("FLAGS")];
  if (size === undefined || date === undefined || !Array.isArray(flags)) return null;
  const internalDate = readDate(textOf(date));
  if (internalDate === null) throw new SyntaxError("an INTERNALDATE that is none");
  return {
    uid: uidOf(Number(textOf(items.get("UID")))),
    size: Number(textOf(size)),
    internalDate,
    flags: flags.map(textOf).filter((flag) => flag.toLowerCase() !== "\\recent"),
    raw: octetsOf(items.get("BODY[]")),
  };
};

const itemsOf = (values: readonly Value[]): ReadonlyMap<string, Value> => {
  const items = new Map<string, Value>();
  for (let at = 0; at + 1 < values.length; at += 2) {
    items.set(textOf(values[at]).toUpperCase(), values[at + 1] ?? null);
  }
  return items;
};

/** An empty message may come as `""` or as NIL. */
const octetsOf = (value: Value | undefined): Uint8Array | null => {
  if (value === null) return new Uint8Array();
  if (Buffer.isBuffer(value)) return value;
  return typeof value === "string" ? Buffer.from(value, "latin1") : null;
};

const textOf = (value: Value | undefined): string => {
  if (Buffer.isBuffer(value)) return value.toString("latin1");
  return typeof value === "string" ? value : "";
};

/** Text and literals of a response as one run of tokens. */
class Tokens {
  readonly #pieces: readonly (string | Buffer)[];
  #piece = 0;
  #at = 0;

  constructor(pieces: readonly (string | Buffer)[]) {
    this.#pieces = pieces;
  }

  /** The list that comes next. */
  list(depth = 0): readonly Value[] {
    if (this.#next() !== open || depth > deepest) throw new SyntaxError("no list where one is due");
    return this.#rest(depth);
  }

  #rest(depth: number): readonly Value[] {
    const values: Value[] = [];
    for (let value = this.#next(); value !== close; value = this.#next()) {
      if (value === open && depth < deepest) values.push(this.#rest(depth + 1));
      else if (typeof value === "symbol") throw new SyntaxError("the list does not end");
      else values.push(value);
    }
    return values;
  }

  #next(): string | Buffer | null | typeof open | typeof close | typeof end {
    const piece = this.#pieces[this.#piece];
    if (piece === undefined) return end;
    if (typeof piece !== "string") return this.#advance(piece);
    token.lastIndex = this.#at;
    const [whole, parenthesis, quoted, atom] = token.exec(piece) ?? [];
    if (whole === undefined) {
      if (piece.slice(this.#at).trim() !== "") throw new SyntaxError("no token where one is due");
      this.#advance(null);
      return this.#next();
    }
    this.#at += whole.length;
    if (parenthesis !== undefined) return parenthesis === "(" ? open : close;
    if (quoted !== undefined) return quoted.replace(/\\(.)/g, "$1");
    return atom?.toUpperCase() === "NIL" ? null : (atom ?? null);
  }

  #advance<Piece>(piece: Piece): Piece {
    this.#piece += 1;
    this.#at = 0;
    return piece;
  }
}

const open = Symbol("(");
const close = Symbol(")");
const end = Symbol("end of the response");
