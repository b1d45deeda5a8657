import type { OutgoingMessage } from "../../../../shared/ports/mail-server.ts";
import type { Response } from "./response-reader.ts";
import { readStatus, type StatusResponse } from "./status-response.ts";
import { type LooseSocket, Wire, type WireEnd } from "./wire.ts";
import { writeDate } from "./wire-date.ts";

/** What came of a command: the server's answer, or the end of the connection before it. */
export type Answer = StatusResponse | WireEnd;

/** How literals go over a connection (RFC 7888). */
export interface LiteralManner {
  /** Octets up to which a literal needs no leave of the server's: all with LITERAL+, 4,096 with LITERAL-, none without. */
  readonly freeUpTo: number;
}

/**
 * APPENDs over one connection, in their order. Each is sent without waiting for the answer to the one before (RFC 3501 §5.5), so that even
 * where a literal needs leave, the leave for the next one comes with the answer to the last: one round trip for each message, not two.
 */
export class Appender {
  readonly #wire: Wire;
  readonly #manner: LiteralManner;
  readonly #unanswered = new Map<string, (answer: Answer) => void>();
  /** The command that waits for leave to send a literal. */
  #leave: { readonly tag: string; readonly go: () => void } | null = null;
  #writing: Promise<void> = Promise.resolve();
  #commands = 0;

  constructor(streams: LooseSocket, manner: LiteralManner) {
    this.#manner = manner;
    this.#wire = new Wire(streams, {
      heard: (response) => this.#heard(response),
      ended: (end) => this.#ended(end),
    });
  }

  /** Appends the messages with one command; more than one only with MULTIAPPEND (RFC 3502), which takes all or none. Never rejects. */
  append(name: string, messages: readonly OutgoingMessage[]): Promise<Answer> {
    const { promise, resolve } = Promise.withResolvers<Answer>();
    this.#commands += 1;
    const tag = `a${this.#commands}`;
    this.#writing = this.#writing.then(async () => {
      if (this.#wire.end !== null) return resolve(this.#wire.end);
      this.#unanswered.set(tag, resolve);
      this.#wire.awaiting(true);
      await this.#send(tag, name, messages);
    });
    return promise;
  }

  close(): void {
    this.#wire.close();
  }

  async #send(tag: string, name: string, messages: readonly OutgoingMessage[]): Promise<void> {
    let unsent: (string | Uint8Array)[] = [`${tag} APPEND ${name}`];
    for (const { raw, flags, internalDate } of messages) {
      const isFree = raw.length <= this.#manner.freeUpTo;
      const literal = `{${raw.length}${isFree ? "+" : ""}}`;
      unsent.push(` (${flags.join(" ")}) ${writeDate(internalDate)} ${literal}\r\n`);
      if (!isFree) {
        const { promise: leave, resolve: go } = Promise.withResolvers<void>();
        this.#leave = { tag, go };
        await this.#wire.write(unsent);
        await leave;
        // Refused before its literal was sent, or lost.
        if (!this.#unanswered.has(tag)) return;
        unsent = [];
      }
      unsent.push(raw);
    }
    await this.#wire.write([...unsent, "\r\n"]);
  }

  #heard(response: Response): void {
    const [line] = response;
    if (line.startsWith("+")) {
      this.#go();
      return;
    }
    const status = response.length === 1 ? readStatus(line) : null;
    if (status === null || status.tag === "*") return;
    const answer = this.#unanswered.get(status.tag);
    if (answer === undefined)
      throw new SyntaxError(`an answer to ${status.tag.slice(0, 20)}, which was not asked`);
    this.#unanswered.delete(status.tag);
    if (this.#unanswered.size === 0) this.#wire.awaiting(false);
    answer(status);
    if (this.#leave?.tag === status.tag) this.#go();
  }

  #go(): void {
    const leave = this.#leave;
    this.#leave = null;
    leave?.go();
  }

  #ended(end: WireEnd): void {
    for (const answer of this.#unanswered.values()) answer(end);
    this.#unanswered.clear();
    this.#go();
  }
}
