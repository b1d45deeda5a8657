import type { Digest } from "./literal.ts";
import type { Response } from "./response-reader.ts";

/** A value of a FETCH response: text, octets or their digest, or a list of them; NIL is null. */
export type Value = string | Buffer | Digest | null | readonly Value[];

/** What is no value: the parentheses, and the response's end. */
export const open = Symbol("(");
export const close = Symbol(")");
export const end = Symbol("end of the response");
type Token = string | Buffer | Digest | null | typeof open | typeof close | typeof end;

/** FETCH lists are flat but for the flags and MODSEQ; BODYSTRUCTURE is never asked for. */
const deepest = 8;

const [space, quote, opened, closed, backslash, bracket, bracketEnd] = [32, 34, 40, 41, 92, 91, 93];

/** Text and literals of a response as one run of tokens. Read character by character, because it runs for every message. */
export class Tokens {
  readonly #pieces: Response;
  #piece = 0;
  #at: number;

  constructor(pieces: Response, at: number) {
    this.#pieces = pieces;
    this.#at = at;
  }

  /** The value that comes next. @throws SyntaxError when none does */
  value(depth = 0): Value {
    const token = this.next();
    if (typeof token !== "symbol") return token;
    if (token !== open || depth >= deepest) throw new SyntaxError("no value where one is due");
    const values: Value[] = [];
    while (!this.#closes()) values.push(this.value(depth + 1));
    return values;
  }

  /** @throws SyntaxError */
  next(): Token {
    const piece = this.#pieces[this.#piece];
    if (piece === undefined) return end;
    if (typeof piece !== "string") {
      this.#turn();
      return piece;
    }
    while (piece.charCodeAt(this.#at) === space) this.#at += 1;
    if (this.#at >= piece.length) {
      this.#turn();
      return this.next();
    }
    const code = piece.charCodeAt(this.#at);
    if (code === opened || code === closed) {
      this.#at += 1;
      return code === opened ? open : close;
    }
    if (code === quote) return this.#quoted(piece);
    const atom = this.#atom(piece);
    return atom.length === 3 && atom.toUpperCase() === "NIL" ? null : atom;
  }

  /** Whether the list ends here, in which case its end is read. */
  #closes(): boolean {
    const [piece, at] = [this.#piece, this.#at];
    if (this.next() === close) return true;
    [this.#piece, this.#at] = [piece, at];
    return false;
  }

  #turn(): void {
    this.#piece += 1;
    this.#at = 0;
  }

  #quoted(piece: string): string {
    const from = this.#at + 1;
    let isEscaped = false;
    for (let at = from; at < piece.length; at += 1) {
      const code = piece.charCodeAt(at);
      if (code === backslash) {
        isEscaped = true;
        at += 1;
      } else if (code === quote) {
        this.#at = at + 1;
        const text = piece.slice(from, at);
        return isEscaped ? text.replace(/\\(.)/g, "$1") : text;
      }
    }
    throw new SyntaxError("a quoted string that does not end");
  }

  /** Flags and `BODY[HEADER.FIELDS (SUBJECT)]` included: what stands in brackets belongs to it. */
  #atom(piece: string): string {
    const from = this.#at;
    let isBracketed = false;
    let at = from;
    for (; at < piece.length; at += 1) {
      const code = piece.charCodeAt(at);
      if (code === bracket) isBracketed = true;
      else if (code === bracketEnd) isBracketed = false;
      else if (!isBracketed && (code === space || code === opened || code === closed || code === quote))
        break;
    }
    this.#at = at;
    return piece.slice(from, at);
  }
}
