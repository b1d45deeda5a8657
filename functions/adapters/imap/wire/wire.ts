import type { EventEmitter } from "node:events";
import type { Readable, Writable } from "node:stream";
import { letGo } from "../../../../shared/copy/let-go.ts";
import { largestMessage } from "../../../../shared/copy/refusal.ts";
import { type Response, ResponseReader } from "./response-reader.ts";
import { readStatus } from "./status-response.ts";

/** A connection that imapflow has opened and let go. Without compression both streams are the socket. */
export interface LooseSocket {
  readonly readSocket: Readable;
  readonly writeSocket: Writable;
  readonly socket: EventEmitter & {
    setTimeout(milliseconds: number): unknown;
    destroy(): unknown;
  };
  /** How long the server may be silent while an answer is due. */
  readonly silenceMilliseconds: number;
}

/** How a connection ended. `unusable`: the server said something that cannot be what it should. */
export interface WireEnd {
  readonly kind: "lost" | "unusable";
  readonly words: string;
}

/** Whoever speaks on a wire. Called at once, before anything else that has arrived is looked at. */
export interface Speaker {
  /** @throws SyntaxError when the response cannot be read, which ends the connection */
  heard(response: Response): void;
  ended(end: WireEnd): void;
  /** Whether the octets of messages that arrive now are not wanted, but only their digests. @default no */
  readonly areDigestsEnough?: () => boolean;
}

/** A line without literals; a literal may be a little above the largest message that is asked for. */
const limits = { line: 8_388_608, literal: largestMessage + 8_388_608 } as const;
/** So much may wait in the socket before a writer has to. */
const mostWaiting = 262_144;

/** Octets in both directions over an authenticated connection; what they mean is the speaker's. */
export class Wire {
  readonly #streams: LooseSocket;
  readonly #speaker: Speaker;
  #end: WireEnd | null = null;
  /** The words of a BYE, which explain the end that follows. */
  #bye: string | null = null;
  /** A writer waits for room in the socket. */
  #room: PromiseWithResolvers<void> | null = null;
  #isDue = false;
  #pauses = 0;
  readonly #reader: ResponseReader;
  readonly #unlisten: () => void;
  /** Somebody waits to take the connection back. */
  #released: PromiseWithResolvers<void> | null = null;

  constructor(streams: LooseSocket, speaker: Speaker) {
    this.#streams = streams;
    this.#speaker = speaker;
    this.#reader = new ResponseReader(limits, (response) => this.#heard(response), speaker.areDigestsEnough);
    const { readSocket, writeSocket, socket, silenceMilliseconds } = streams;
    const lost = (words: string): void => this.#finish({ kind: "lost", words: this.#bye ?? words });
    const lostBy = (error: Error): void => lost(error.message);
    this.#unlisten = listen([
      [readSocket, "data", (octets: Buffer) => this.#arrived(octets)],
      [readSocket, "end", () => lost("the server ended the connection")],
      [socket, "timeout", () => lost(`nothing was heard for ${silenceMilliseconds / 1_000} seconds`)],
      [socket, "error", lostBy],
      [socket, "close", () => lost("the connection was closed")],
      [writeSocket, "error", lostBy],
      [writeSocket, "drain", () => this.#makeRoom()],
    ]);
    // imapflow hands it over paused.
    readSocket.resume();
  }

  /** Null while it lives. */
  get end(): WireEnd | null {
    return this.#end;
  }

  /**
   * Sends octets in one go and returns when the next ones may follow; `sent` is called when the last of them has left and nothing refers
   * to them any more, which may be never. Corked only inside this call: a cork held over a wait for room would wait for ever.
   */
  async write(pieces: readonly (string | Uint8Array)[], sent?: () => void): Promise<void> {
    const { writeSocket } = this.#streams;
    if (this.#end !== null) return;
    writeSocket.cork();
    for (const [index, piece] of pieces.entries()) {
      const written = index < pieces.length - 1 ? undefined : unlessFailed(sent);
      if (typeof piece === "string") writeSocket.write(piece, "latin1", written);
      else writeSocket.write(piece, written);
    }
    writeSocket.uncork();
    if (writeSocket.writableLength <= mostWaiting) return;
    this.#room ??= Promise.withResolvers();
    await this.#room.promise;
  }

  /** Whether an answer is due, and with it whether silence means anything. */
  awaiting(isDue: boolean): void {
    this.#isDue = isDue;
    this.#watch();
  }

  /** Stops reading until `resume` has been called as often: the server has to wait. */
  pause(): void {
    this.#pauses += 1;
    this.#streams.readSocket.pause();
    this.#watch();
  }

  resume(): void {
    this.#pauses -= 1;
    if (this.#pauses > 0) return;
    this.#watch();
    this.#streams.readSocket.resume();
  }

  /**
   * Lets go of the connection, paused, for somebody else to use: where everything that was asked is answered, and what the server says
   * unasked has arrived whole. If it ends before that, that is its end.
   */
  async release(): Promise<void> {
    if (this.#end !== null) return;
    if (!this.#reader.isBetween) {
      this.awaiting(true);
      this.#released = Promise.withResolvers();
      await this.#released.promise;
    }
    if (this.#end !== null) return;
    this.#streams.readSocket.pause();
    this.#unlisten();
    this.awaiting(false);
  }

  /** Ends it without a goodbye. */
  close(): void {
    this.#finish({ kind: "lost", words: "the connection was closed on this side" });
  }

  #watch(): void {
    const isListening = this.#isDue && this.#pauses === 0;
    this.#streams.socket.setTimeout(isListening ? this.#streams.silenceMilliseconds : 0);
  }

  #arrived(octets: Buffer): void {
    try {
      if (this.#end === null) this.#reader.push(octets);
    } catch (thrown) {
      this.#finish({ kind: "unusable", words: thrown instanceof Error ? thrown.message : String(thrown) });
    }
    // The reader has copied what it keeps, and a socket forgets what it has handed over.
    letGo(octets);
    if (this.#reader.isBetween) this.#released?.resolve();
  }

  #heard(response: Response): void {
    if (this.#end !== null) return;
    const status = response.length === 1 ? readStatus(response[0]) : null;
    if (status?.tag === "*" && status.status === "BYE") this.#bye = status.words;
    this.#speaker.heard(response);
  }

  #makeRoom(): void {
    this.#room?.resolve();
    this.#room = null;
  }

  #finish(end: WireEnd): void {
    if (this.#end !== null) return;
    this.#end = end;
    this.#streams.socket.destroy();
    this.#makeRoom();
    this.#released?.resolve();
    this.#speaker.ended(end);
  }
}

const unlessFailed =
  (then: (() => void) | undefined) =>
  (error: Error | null | undefined): void => {
    if (!error) then?.();
  };

type Listening =
  | readonly [from: EventEmitter, event: "data", listener: (octets: Buffer) => void]
  | readonly [from: EventEmitter, event: "error", listener: (error: Error) => void]
  | readonly [from: EventEmitter, event: "end" | "timeout" | "close" | "drain", listener: () => void];

/** Returns what ends it. */
const listen = (listenings: readonly Listening[]): (() => void) => {
  for (const [from, event, listener] of listenings) from.on(event, listener);
  return () => {
    for (const [from, event, listener] of listenings) from.off(event, listener);
  };
};
