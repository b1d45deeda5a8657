/** A command as a client sent it, with all its literals. */
export interface ImapCommand {
  readonly tag: string;
  /** In upper case; of `UID FETCH` both words. */
  readonly verb: string;
  /** Everything of it that is no literal. */
  readonly text: string;
}

/** What came next in a client's octets. */
export type ClientPiece =
  /** The first line of a command, before anything of it is passed on. */
  | { readonly kind: "begins"; readonly command: ImapCommand }
  | { readonly kind: "octets"; readonly octets: Buffer; readonly isLiteral: boolean }
  /** A synchronising literal is announced: the client waits for the server's word. */
  | { readonly kind: "asks" }
  | { readonly kind: "ends"; readonly command: ImapCommand };

/** Cuts a client's octets into commands, literals told from lines (RFC 3501 §4.3, RFC 7888). */
export class ClientOctets {
  #line = Buffer.alloc(0);
  #literalLeft = 0;
  #command: ImapCommand | null = null;

  /** The command that was begun will not be gone on with. */
  forget(): void {
    this.#command = null;
    this.#literalLeft = 0;
  }

  *push(octets: Buffer): Generator<ClientPiece> {
    let rest = octets;
    while (rest.length > 0) {
      if (this.#literalLeft > 0) {
        const part = rest.subarray(0, this.#literalLeft);
        rest = rest.subarray(part.length);
        this.#literalLeft -= part.length;
        yield { kind: "octets", octets: part, isLiteral: true };
        continue;
      }
      const end = rest.indexOf("\n");
      this.#line = Buffer.concat([this.#line, end < 0 ? rest : rest.subarray(0, end + 1)]);
      if (end < 0) return;
      rest = rest.subarray(end + 1);
      yield* this.#lineEnds();
    }
  }

  *#lineEnds(): Generator<ClientPiece> {
    const line = this.#line;
    this.#line = Buffer.alloc(0);
    const text = line.toString("latin1");
    const isFirst = this.#command === null;
    const command =
      this.#command === null ? commandOf(text) : { ...this.#command, text: this.#command.text + text };
    this.#command = command;
    if (isFirst) yield { kind: "begins", command };
    yield { kind: "octets", octets: line, isLiteral: false };
    const literal = /\{(\d+)(\+?)\}\r?\n$/.exec(text);
    if (literal !== null) {
      this.#literalLeft = Number(literal[1]);
      if (literal[2] === "") yield { kind: "asks" };
      return;
    }
    this.#command = null;
    yield { kind: "ends", command };
  }
}

const commandOf = (text: string): ImapCommand => {
  const [tag = "", first = "", second = ""] = text.trimEnd().split(" ");
  const verb = first.toUpperCase() === "UID" ? `UID ${second.toUpperCase()}` : first.toUpperCase();
  return { tag, verb, text };
};
