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

/** A command that is under way. */
interface Command {
  readonly resolve: (answer: Answer) => void;
  /** Whether the last of it has left. */
  isSent: boolean;
  status: StatusResponse | null;
}

/**
 * APPENDs over one connection, in their order. Each is sent without waiting for the answer to the one before (RFC 3501 §5.5), so that even
 * where a literal needs leave, the leave for the next one comes with the answer to the last: one round trip for each message, not two.
 */
export class Appender {
  readonly #wire: Wire;
  readonly #manner: LiteralManner;
  readonly #unanswered = new Map<string, Command>();
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

  /**
   * Appends the messages with one command; more than one only with MULTIAPPEND (RFC 3502), which takes all or none. Once the answer is OK,
   * nothing refers to their octets any more. Never rejects.
   */
  append(name: string, messages: readonly OutgoingMessage[]): Promise<Answer> {
    const { promise, resolve } = Promise.withResolvers<Answer>();
    this.#commands += 1;
    const tag = `a${this.#commands}`;
    this.#writing = this.#writing.then(async () => {
      if (this.#wire.end !== null) return resolve(this.#wire.end);
      this.#unanswered.set(tag, { resolve, isSent: false, status: null });
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
    await this.#wire.write([...unsent, "\r\n"], () => this.#sent(tag));
  }

  #sent(tag: string): void {
    const command = this.#unanswered.get(tag);
    if (command === undefined) return;
    command.isSent = true;
    this.#settle(tag, command);
  }

  #heard(response: Response): void {
    const [line] = response;
    if (line.startsWith("+")) {
      this.#go();
      return;
    }
    const status = response.length === 1 ? readStatus(line) : null;
    if (status === null || status.tag === "*") return;
    const command = this.#unanswered.get(status.tag);
    if (command === undefined)
      throw new SyntaxError(`an answer to ${status.tag.slice(0, 20)}, which was not asked`);
    const isWaiting = this.#leave?.tag === status.tag;
    if (isWaiting && status.status === "OK")
      throw new SyntaxError(`${status.tag} is said to be done before its message was asked for`);
    command.status = status;
    this.#settle(status.tag, command);
    if (isWaiting) this.#go();
  }

  /** A success is one only when everything has been sent: a server may be heard before the socket has told that it is done. */
  #settle(tag: string, { status, isSent, resolve }: Command): void {
    if (status === null || (status.status === "OK" && !isSent)) return;
    this.#unanswered.delete(tag);
    if (this.#unanswered.size === 0) this.#wire.awaiting(false);
    resolve(status);
  }

  #go(): void {
    const leave = this.#leave;
    this.#leave = null;
    leave?.go();
  }

  #ended(end: WireEnd): void {
    for (const { resolve } of this.#unanswered.values()) resolve(end);
    this.#unanswered.clear();
    this.#go();
  }
}
