import { type ArrivingLiteral, type Digest, DigestedLiteral, KeptLiteral } from "./literal.ts";

/** One response of a server: text and literals in turn, text first and last. Text is latin-1, so that every octet survives. */
export type Response = readonly [string, ...(string | Buffer | Digest)[]];

/** What one response may take. A server that sends more is not believed, whatever it says it is about. */
export interface ResponseLimits {
  /** Octets of all its lines together. */
  readonly line: number;
  /** Octets of one literal. */
  readonly literal: number;
}

/** More literals than a FETCH that asks for one body can have. */
const mostLiterals = 16;

/** Status responses are prose: one that ends in `{5}` announces nothing (RFC 3501 §7.1). */
const withLiterals = /^\* (?!(OK|NO|BAD|BYE|PREAUTH)\b)/i;
const literalMark = /~?\{(\d{1,10})\}$/;
/** What stands before a message. */
const bodyMark = /BODY\[\] $/i;
const lineFeed = 10;

/**
 * Cuts a server's octets into responses (RFC 3501 §4.3), in whatever portions they arrive. Nothing of a portion is kept.
 * @throws RangeError when a limit is passed; the stream is of no use from there on
 */
export class ResponseReader {
  readonly #take: (response: Response) => void;
  readonly #limits: ResponseLimits;
  readonly #areDigestsEnough: () => boolean;
  #line = "";
  /** Octets of the lines of this response that are complete. */
  #lineOctets = 0;
  #pieces: (string | Buffer | Digest)[] = [];
  #literal: ArrivingLiteral | null = null;

  /** `areDigestsEnough` is asked of every message when it begins to arrive. */
  constructor(
    limits: ResponseLimits,
    take: (response: Response) => void,
    areDigestsEnough: () => boolean = () => false,
  ) {
    this.#limits = limits;
    this.#take = take;
    this.#areDigestsEnough = areDigestsEnough;
  }

  /** Whether the last response has arrived whole and nothing of another one. */
  get isBetween(): boolean {
    return this.#line === "" && this.#pieces.length === 0;
  }

  push(octets: Buffer): void {
    for (let at = 0; at < octets.length; ) {
      at = this.#literal === null ? this.#readLine(octets, at) : this.#fill(this.#literal, octets, at);
    }
  }

  #readLine(octets: Buffer, at: number): number {
    const end = octets.indexOf(lineFeed, at);
    const stop = end === -1 ? octets.length : end + 1;
    if (this.#lineOctets + this.#line.length + stop - at > this.#limits.line) {
      throw new RangeError(`a response of more than ${this.#limits.line} octets without its literals`);
    }
    this.#line += octets.toString("latin1", at, stop);
    if (end !== -1) this.#endLine();
    return stop;
  }

  #endLine(): void {
    const line = this.#line.slice(0, this.#line.endsWith("\r\n") ? -2 : -1);
    this.#lineOctets += this.#line.length;
    this.#line = "";
    const [head = line, ...rest] = this.#pieces;
    if (typeof head !== "string") throw new RangeError("a response that begins with a literal");
    const mark = line.endsWith("}") && withLiterals.test(head) ? literalMark.exec(line) : null;
    if (mark !== null) {
      this.#beginLiteral(line.slice(0, mark.index), Number(mark[1]));
      return;
    }
    const isPlain = this.#pieces.length === 0;
    this.#pieces = [];
    this.#lineOctets = 0;
    this.#take(isPlain ? [line] : [head, ...rest, line]);
  }

  #beginLiteral(before: string, octets: number): void {
    if (octets > this.#limits.literal || this.#pieces.length >= 2 * mostLiterals) {
      throw new RangeError(`a literal of ${octets} octets as number ${this.#pieces.length / 2 + 1}`);
    }
    this.#pieces.push(before);
    const isDigested = bodyMark.test(before) && this.#areDigestsEnough();
    const literal = isDigested ? new DigestedLiteral(octets) : new KeptLiteral(octets);
    this.#literal = literal;
    this.#end(literal);
  }

  #fill(literal: ArrivingLiteral, octets: Buffer, at: number): number {
    const next = literal.take(octets, at);
    this.#end(literal);
    return next;
  }

  /** An empty one is there at once. */
  #end(literal: ArrivingLiteral): void {
    const arrived = literal.arrived();
    if (arrived === null) return;
    this.#pieces.push(arrived);
    this.#literal = null;
  }
}
