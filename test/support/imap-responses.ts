/** Cuts a server's octets into whole responses, literals included (RFC 3501 §7). */
export class ServerOctets {
  #held = Buffer.alloc(0);
  /** Where the line begins that is being looked at, and where the next one is looked for. */
  #from = 0;

  *push(octets: Buffer): Generator<Buffer> {
    this.#held = Buffer.concat([this.#held, octets]);
    for (
      let end = this.#held.indexOf("\n", this.#from);
      end >= 0;
      end = this.#held.indexOf("\n", this.#from)
    ) {
      const literal = /\{(\d+)\}\r?\n$/.exec(this.#held.subarray(this.#from, end + 1).toString("latin1"));
      this.#from = end + 1 + (literal === null ? 0 : Number(literal[1]));
      if (literal !== null) continue;
      yield this.#held.subarray(0, this.#from);
      this.#held = this.#held.subarray(this.#from);
      this.#from = 0;
    }
  }
}
