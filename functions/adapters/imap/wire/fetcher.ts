import { MailferryError } from "../../../../shared/contract/errors.ts";
import type { FolderPath, UidSet } from "../../../../shared/contract/ids.ts";
import { piecesOf } from "../../../../shared/copy/uid-set.ts";
import type { MessageMetadata, RawMessage, ServerAddress } from "../../../../shared/ports/mail-server.ts";
import { commandFailure } from "../failure.ts";
import { type Fetched, readFetched } from "./fetch-response.ts";
import type { Response } from "./response-reader.ts";
import { failureOf, readStatus, type StatusResponse } from "./status-response.ts";
import { type LooseSocket, Wire, type WireEnd } from "./wire.ts";
import { writeName } from "./wire-name.ts";

/** Octets of messages that may wait to be taken; the server has to wait from there on. */
const mostWaiting = 1_000_000;
/** FETCH commands under way at a time. */
const pipelined = 2;
const metadataItems = "UID FLAGS INTERNALDATE RFC822.SIZE";

/** Whose connection it is, for messages to people. */
export interface Mailbox {
  readonly server: ServerAddress;
  readonly mailbox: string;
}

/** Reads messages over a connection of its own, as fast as they are taken. One reading at a time. */
export class Fetcher {
  readonly #of: Mailbox;
  readonly #wire: Wire;
  #commands = 0;
  #reading: Reading | null = null;

  constructor(streams: LooseSocket, of: Mailbox) {
    this.#of = of;
    this.#wire = new Wire(streams, {
      heard: (response) => this.#reading?.heard(response),
      ended: (end) => this.#reading?.ended(end),
    });
  }

  get isFree(): boolean {
    return this.#reading === null;
  }

  /**
   * The messages of a folder, in the order in which the server sends them. What is gone does not come. Left before its end, the
   * connection is closed: nobody could tell the rest of this answer from the next one.
   * @throws ConnectionLost, ServerAnswerUnusable, ServerBusy, FolderUnusable
   */
  fetch(path: FolderPath, uids: UidSet): AsyncIterable<RawMessage> {
    return this.#read(path, uids, `(${metadataItems} BODY.PEEK[])`, hasBody);
  }

  /** Their metadata only. @throws as `fetch` */
  metadata(path: FolderPath, uids: UidSet): AsyncIterable<MessageMetadata> {
    return this.#read(path, uids, `(${metadataItems})`, isFetched);
  }

  close(): void {
    this.#wire.close();
  }

  async *#read<Wanted extends Fetched>(
    path: FolderPath,
    uids: UidSet,
    items: string,
    isWanted: (message: Fetched) => message is Wanted,
  ): AsyncGenerator<Wanted> {
    const reading = new Reading(this.#wire);
    this.#reading = reading;
    let isWhole = false;
    try {
      if (this.#wire.end !== null) reading.ended(this.#wire.end);
      const examine = this.#command();
      reading.opens(examine);
      let unsent = `${examine} EXAMINE ${writeName(path)}\r\n`;
      const pieces = piecesOf(uids);
      for (const [index, piece] of pieces.entries()) {
        const tag = this.#command();
        reading.asks(tag);
        await this.#wire.write([`${unsent}${tag} UID FETCH ${piece} ${items}\r\n`]);
        unsent = "";
        const mayBeDue = index < pieces.length - 1 ? pipelined - 1 : 0;
        // In this one loop, because every generator in between costs each message a few turns.
        while (!reading.isDown(mayBeDue)) {
          for (let message = reading.take(); message !== undefined; message = reading.take()) {
            if (isWanted(message)) yield message;
          }
          if (!reading.isDown(mayBeDue)) await reading.news();
        }
      }
      isWhole = true;
    } catch (thrown) {
      throw this.#failure(thrown, path);
    } finally {
      this.#reading = null;
      if (isWhole) this.#wire.awaiting(false);
      else this.close();
    }
  }

  #command(): string {
    this.#commands += 1;
    return `f${this.#commands}`;
  }

  #failure(thrown: unknown, path: FolderPath): unknown {
    if (!(thrown instanceof Stopped)) return thrown;
    const { server, mailbox } = this.#of;
    const { side, host } = server;
    const { why } = thrown;
    if ("status" in why) return commandFailure(server, failureOf(why), { path, mailbox });
    return why.kind === "lost"
      ? new MailferryError("ConnectionLost", { side, host, reason: why.words })
      : new MailferryError("ServerAnswerUnusable", { side, host, what: `FETCH of ${path}: ${why.words}` });
  }
}

/** Why a reading did not come to its end. */
class Stopped extends Error {
  readonly why: StatusResponse | WireEnd;

  constructor(why: StatusResponse | WireEnd) {
    super(why.words);
    this.why = why;
  }
}

/** One folder being read. Its state changes the moment an answer is heard: messages of the folder before belong to nobody. */
class Reading {
  readonly #wire: Wire;
  readonly #arrived: Fetched[] = [];
  readonly #due = new Set<string>();
  #opening = "";
  #isOpen = false;
  #waitingOctets = 0;
  #stopped: Stopped | null = null;
  #news = Promise.withResolvers<void>();

  constructor(wire: Wire) {
    this.#wire = wire;
    wire.awaiting(true);
  }

  opens(tag: string): void {
    this.#opening = tag;
  }

  asks(tag: string): void {
    this.#due.add(tag);
  }

  heard(response: Response): void {
    const status = response.length === 1 ? readStatus(response[0]) : null;
    if (status !== null && status.tag !== "*") this.#answered(status);
    else if (this.#isOpen) this.#take(readFetched(response));
  }

  ended(end: WireEnd): void {
    this.#stop(end);
  }

  /** The message that has come next, if any has. */
  take(): Fetched | undefined {
    const message = this.#arrived.shift();
    if (message !== undefined) this.#release(message);
    return message;
  }

  /** Whether everything that has come is taken and only so many commands are unanswered. @throws Stopped */
  isDown(unanswered: number): boolean {
    if (this.#arrived.length > 0) return false;
    if (this.#stopped !== null) throw this.#stopped;
    return this.#due.size <= unanswered;
  }

  /** Waits for the next thing to happen since it was last waited for. */
  async news(): Promise<void> {
    await this.#news.promise;
    this.#news = Promise.withResolvers();
  }

  #answered(status: StatusResponse): void {
    if (status.status !== "OK") this.#stop(status);
    else if (status.tag === this.#opening) this.#isOpen = true;
    else this.#due.delete(status.tag);
    this.#news.resolve();
  }

  #take(message: Fetched | null): void {
    if (message === null) return;
    this.#arrived.push(message);
    this.#waitingOctets += octetsOf(message);
    if (this.#waitingOctets > mostWaiting) this.#wire.pause();
    this.#news.resolve();
  }

  #release(message: Fetched): void {
    const wasFull = this.#waitingOctets > mostWaiting;
    this.#waitingOctets -= octetsOf(message);
    if (wasFull && this.#waitingOctets <= mostWaiting) this.#wire.resume();
  }

  #stop(why: StatusResponse | WireEnd): void {
    this.#stopped ??= new Stopped(why);
    this.#news.resolve();
  }
}

const isFetched = (message: Fetched): message is Fetched => message !== null;

const hasBody = (message: Fetched): message is Fetched & RawMessage => message.raw !== null;

/** What a message takes while it waits: its metadata counts as well. */
const octetsOf = ({ raw }: Fetched): number => (raw?.length ?? 0) + 500;
