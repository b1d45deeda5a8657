import { type Fetched, readFetched } from "./fetch-response.ts";
import { FoundMessages } from "./found-messages.ts";
import { OpenedFolder } from "./opened-folder.ts";
import type { Response } from "./response-reader.ts";
import { readStatus, type StatusResponse } from "./status-response.ts";
import type { Wire, WireEnd } from "./wire.ts";

/** Octets of messages that may wait to be taken, or are in use; the server has to wait from there on. */
const mostWaiting = 1_000_000;

/** Why a reading did not come to its end. */
export class Stopped extends Error {
  readonly why: StatusResponse | WireEnd;

  constructor(why: StatusResponse | WireEnd) {
    super(why.words);
    this.why = why;
  }
}

/** One folder being read. Its state changes the moment an answer is heard: messages of the folder before belong to nobody. */
export class Reading {
  readonly #wire: Wire;
  /** Whether of messages' octets only the digests are wanted. */
  readonly areDigestsEnough: boolean;
  readonly #arrived: Fetched[] = [];
  #takenOctets = 0;
  readonly #due = new Set<string>();
  #opening = "";
  #isOpen = false;
  /** What is said of the folder until it is open. */
  readonly opened = new OpenedFolder();
  /** What a search in it has found. */
  readonly found = new FoundMessages();
  #isLost = false;
  #isAsked = false;
  #waitingOctets = 0;
  #stopped: Stopped | null = null;
  #news = Promise.withResolvers<void>();

  constructor(wire: Wire, areDigestsEnough: boolean) {
    this.#wire = wire;
    this.areDigestsEnough = areDigestsEnough;
  }

  /** Whether everything has been asked and is answered: what the server says from here on is another's. */
  get isOver(): boolean {
    return this.#isAsked && this.#due.size === 0;
  }

  opens(tag: string): void {
    this.#opening = tag;
  }

  /** `isLast` with the command that nothing follows. */
  asks(tag: string, isLast: boolean): void {
    this.#due.add(tag);
    this.#isAsked = isLast;
    this.#wire.awaiting(true);
  }

  heard(response: Response): void {
    const status = response.length === 1 ? readStatus(response[0]) : null;
    if (status !== null && status.tag !== "*") this.#answered(status);
    else if (this.#isOpen) this.#heardOfMessages(response);
    else this.opened.hear(response[0], status);
  }

  ended(end: WireEnd): void {
    this.#isLost = true;
    this.#stop(end);
  }

  /** The message that has come next, if any has. Until it is called again it is in use and counts as waiting. */
  take(): Fetched | undefined {
    this.#release(this.#takenOctets);
    const message = this.#arrived.shift();
    // Counted now: whoever takes it may let go of its octets.
    this.#takenOctets = message === undefined ? 0 : octetsOf(message);
    return message;
  }

  /** Whether everything that has come is taken and only so many commands are unanswered. @throws Stopped */
  isDown(unanswered: number): boolean {
    if (this.#arrived.length > 0) return false;
    if (this.#stopped !== null) throw this.#stopped;
    return this.#due.size <= unanswered;
  }

  /** Waits until every command is answered and passes over what comes meanwhile; false when the connection ends before. */
  async isAnswered(): Promise<boolean> {
    for (;;) {
      while (this.take() !== undefined);
      if (this.#isLost) return false;
      if (this.#due.size === 0) return true;
      await this.news();
    }
  }

  /** Waits for the next thing to happen since it was last waited for. */
  async news(): Promise<void> {
    await this.#news.promise;
    this.#news = Promise.withResolvers();
  }

  #answered(status: StatusResponse): void {
    this.#due.delete(status.tag);
    if (status.status !== "OK") this.#stop(status);
    else if (status.tag === this.#opening) this.#isOpen = true;
    this.#news.resolve();
  }

  #heardOfMessages(response: Response): void {
    const message = readFetched(response);
    if (message === null) this.found.hear(response[0]);
    else this.#take(message);
  }

  #take(message: Fetched): void {
    const wasFull = this.#waitingOctets > mostWaiting;
    this.#arrived.push(message);
    this.#waitingOctets += octetsOf(message);
    if (!wasFull && this.#waitingOctets > mostWaiting) this.#wire.pause();
    this.#news.resolve();
  }

  #release(octets: number): void {
    const wasFull = this.#waitingOctets > mostWaiting;
    this.#waitingOctets -= octets;
    if (wasFull && this.#waitingOctets <= mostWaiting) this.#wire.resume();
  }

  #stop(why: StatusResponse | WireEnd): void {
    this.#stopped ??= new Stopped(why);
    this.#news.resolve();
  }
}

/** What a message takes while it waits: its metadata counts as well. */
const octetsOf = ({ raw }: Fetched): number => (raw instanceof Uint8Array ? raw.length : 0) + 500;
