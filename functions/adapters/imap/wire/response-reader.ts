/** One response of a server: text and literals in turn, text first and last. Text is latin-1, so that every octet survives. */
export type Response = readonly [string, ...(string | Buffer)[]];

/** What one response may take. A server that sends more is not believed, whatever it says it is about. */
export interface ResponseLimits {
  /** Octets of all its lines together. */
  readonly line: number;
  /** Octets of one literal. */
  readonly literal: number;
}

/** More literals than a FETCH that asks for one body can have. */
const mostLiterals = 16;
/** From so many octets on a literal has memory of its own, which can be given back (`letGo`); smaller ones share what Node hands out. */
const ownMemoryFrom = 1_024;

/** Status responses are prose: one that ends in `{5}` announces nothing (RFC 3501 §7.1). */
const withLiterals = /^\* (?!(OK|NO|BAD|BYE|PREAUTH)\b)/i;
const literalMark = /~?\{(\d{1,10})\}$/;
const lineFeed = 10;

/**
 * Cuts a server's octets into responses (RFC 3501 §4.3), in whatever portions they arrive. Nothing of a portion is kept: a literal is
 * copied once, so that a message of a few lines does not hold the 64 KB it came with.
 * @throws RangeError when a limit is passed; the stream is of no use from there on
 */
export class ResponseReader {
  readonly #take: (response: Response) => void;
  readonly #limits: ResponseLimits;
  #line = "";
  /** Octets of the lines of this response that are complete. */
  #lineOctets = 0;
  #pieces: (string | Buffer)[] = [];
  #literal: Literal | null = null;

  constructor(limits: ResponseLimits, take: (response: Response) => void) {
    this.#limits = limits;
    this.#take = take;
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
    if (octets === 0) this.#pieces.push(Buffer.alloc(0));
    else this.#literal = { buffer: allocate(octets), filled: 0 };
  }

  #fill(literal: Literal, octets: Buffer, at: number): number {
    const copied = octets.copy(literal.buffer, literal.filled, at);
    literal.filled += copied;
    if (literal.filled === literal.buffer.length) {
      this.#pieces.push(literal.buffer);
      this.#literal = null;
    }
    return at + copied;
  }
}

const allocate = (octets: number): Buffer =>
  octets < ownMemoryFrom ? Buffer.allocUnsafe(octets) : Buffer.allocUnsafeSlow(octets);

/** A literal that is arriving. */
interface Literal {
  readonly buffer: Buffer;
  filled: number;
}
