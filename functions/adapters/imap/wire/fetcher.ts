import { MailferryError } from "../../../../shared/contract/errors.ts";
import type { FolderPath, Uid, UidSet } from "../../../../shared/contract/ids.ts";
import { piecesOf } from "../../../../shared/copy/uid-set.ts";
import type {
  MessageMetadata,
  MessageSize,
  RawMessage,
  ServerAddress,
} from "../../../../shared/ports/mail-server.ts";
import { commandFailure } from "../failure.ts";
import type { Fetched } from "./fetch-response.ts";
import type { OpenedAs } from "./opened-folder.ts";
import { Reading, Stopped } from "./reading.ts";
import { failureOf } from "./status-response.ts";
import { type LooseSocket, Wire } from "./wire.ts";

/** FETCH commands under way at a time. */
const pipelined = 2;
/** Without `*`, which an empty folder has no number for. */
const everyUid = "1:4294967295";
const metadataItems = "UID FLAGS INTERNALDATE RFC822.SIZE";

/** Whose connection it is, and how folders are named on it. */
export interface Mailbox {
  readonly server: ServerAddress;
  readonly mailbox: string;
  readonly writeName: (path: FolderPath) => string;
  /** Told of each folder when it is opened, past whoever else uses the connection. */
  readonly examined: (path: FolderPath) => void;
}

/** What a server says of messages without their octets. */
export interface Description<Said extends MessageSize> {
  readonly messages: ReadonlyMap<Uid, Said>;
  /** How many there were in the folder when it was opened for this question; null where the server did not say. */
  readonly exist: number | null;
}

/**
 * Reads messages over a connection that nobody else uses meanwhile, as fast as they are taken. Several folders may be asked for at a time:
 * each is asked for as soon as everything is asked of the one before, so that it costs no round trip of its own, and is answered after it
 * (RFC 3501 §5.5). Whoever reads the earlier one must not wait for the later one.
 */
export class Fetcher {
  readonly #of: Mailbox;
  readonly #wire: Wire;
  #commands = 0;
  /** In the order in which they were asked for; the first one is being answered. */
  #readings: readonly Reading[] = [];
  /** Until everything is asked of the last one: another folder's EXAMINE in between would change what the rest of it means. */
  #asking: Promise<void> = Promise.resolve();

  constructor(streams: LooseSocket, of: Mailbox) {
    this.#of = of;
    this.#wire = new Wire(streams, {
      heard: (response) => {
        const [reading] = this.#readings;
        reading?.heard(response);
        // At once: what comes next is of the next one.
        if (reading?.isOver === true) this.#forget(reading);
      },
      ended: (end) => {
        for (const reading of this.#readings) reading.ended(end);
      },
    });
  }

  /**
   * The messages of a folder, in the order in which the server sends them. What is gone does not come. Left before its end, the
   * connection is closed: nobody could tell the rest of this answer from the next one.
   * @throws ConnectionLost, ServerAnswerUnusable, ServerBusy, FolderUnusable
   */
  fetch(path: FolderPath, uids: UidSet): AsyncIterable<RawMessage> {
    return this.#read(path, piecesOf(uids), `(${metadataItems} BODY.PEEK[])`, nextWithBody);
  }

  /** Their metadata only. @throws as `fetch` */
  metadata(path: FolderPath, uids: UidSet): Promise<Description<MessageMetadata>> {
    return this.#describe(path, piecesOf(uids), `(${metadataItems})`, isDescribed);
  }

  /** Their sizes only. @throws as `fetch` */
  sizes(path: FolderPath, uids: UidSet): Promise<Description<MessageSize>> {
    return this.#describe(path, piecesOf(uids), "(UID RFC822.SIZE)", isFetched);
  }

  /** Metadata of the messages whose flags changed since (RFC 7162 §3.1.4.1). @throws as `fetch` */
  changedSince(path: FolderPath, modseq: string): Promise<Description<MessageMetadata>> {
    return this.#describe(path, [everyUid], `(${metadataItems}) (CHANGEDSINCE ${modseq})`, isDescribed);
  }

  /** The folder as it is by now, which is seen by opening it; null where the server does not say all of it. @throws as `fetch` */
  async status(path: FolderPath): Promise<OpenedAs | null> {
    const reading = new Reading(this.#wire);
    const place = this.#queue(reading);
    let isWhole = false;
    try {
      const examine = await this.#examine(place, path);
      reading.asks(examine.tag, true);
      const written = this.#wire.write([examine.line]);
      place.isAsked();
      await written;
      while (!reading.isDown(0)) await reading.news();
      isWhole = true;
      return reading.opened.as;
    } catch (thrown) {
      isWhole = await isAnswered(reading, thrown);
      throw this.#failure(thrown, path);
    } finally {
      this.#leave(place, isWhole);
    }
  }

  /** Lets go of the connection for somebody else to use, and says whether it can be used. */
  async release(): Promise<boolean> {
    await this.#wire.release();
    return this.#wire.end === null;
  }

  /** What a server says more than once of a message counts as it says it last. */
  async #describe<Said extends Fetched>(
    path: FolderPath,
    pieces: readonly string[],
    items: string,
    isWanted: (message: Fetched) => message is Said,
  ): Promise<Description<Said>> {
    const messages = new Map<Uid, Said>();
    const reading = new Reading(this.#wire);
    const arriving = this.#read(path, pieces, items, (of) => arrived(of, isWanted), reading);
    for await (const some of arriving) for (const message of some) messages.set(message.uid, message);
    return { messages, exist: reading.opened.as?.messages ?? null };
  }

  /** What `take` gives, as long as it gives something. */
  async *#read<Taken>(
    path: FolderPath,
    pieces: readonly string[],
    items: string,
    take: (reading: Reading) => Taken | undefined,
    reading = new Reading(this.#wire),
  ): AsyncGenerator<Taken> {
    if (pieces.length === 0) return;
    const place = this.#queue(reading);
    let isWhole = false;
    try {
      const examine = await this.#examine(place, path);
      let unsent = examine.line;
      for (const [index, piece] of pieces.entries()) {
        const tag = this.#command();
        const isLast = index === pieces.length - 1;
        reading.asks(tag, isLast);
        const written = this.#wire.write([`${unsent}${tag} UID FETCH ${piece} ${items}\r\n`]);
        if (isLast) place.isAsked();
        await written;
        unsent = "";
        const mayBeDue = isLast ? 0 : pipelined - 1;
        // In this one loop, because every generator in between costs each message a few turns.
        while (!reading.isDown(mayBeDue)) {
          for (let taken = take(reading); taken !== undefined; taken = take(reading)) yield taken;
          if (!reading.isDown(mayBeDue)) await reading.news();
        }
      }
      isWhole = true;
    } catch (thrown) {
      isWhole = await isAnswered(reading, thrown);
      throw this.#failure(thrown, path);
    } finally {
      this.#leave(place, isWhole);
    }
  }

  /** A place behind all that is asked already. Until `isAsked` is called nobody behind it asks anything. */
  #queue(reading: Reading): Place {
    const { promise: asked, resolve: isAsked } = Promise.withResolvers<void>();
    const before = this.#asking;
    this.#asking = asked;
    return { reading, before, isAsked };
  }

  /** Waits until it is its turn to ask, and opens the folder with what is asked first of it. */
  async #examine(
    { reading, before }: Place,
    path: FolderPath,
  ): Promise<{ readonly tag: string; readonly line: string }> {
    await before;
    this.#readings = [...this.#readings, reading];
    if (this.#wire.end !== null) reading.ended(this.#wire.end);
    const tag = this.#command();
    reading.opens(tag);
    this.#of.examined(path);
    return { tag, line: `${tag} EXAMINE ${this.#of.writeName(path)}\r\n` };
  }

  #leave({ reading, isAsked }: Place, isWhole: boolean): void {
    isAsked();
    this.#forget(reading);
    if (!isWhole) this.#wire.close();
    else if (this.#readings.length === 0) this.#wire.awaiting(false);
  }

  #forget(reading: Reading): void {
    this.#readings = this.#readings.filter((other) => other !== reading);
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

/** One of those who ask over the connection. */
interface Place {
  readonly reading: Reading;
  readonly before: Promise<void>;
  readonly isAsked: () => void;
}

/** What was refused is answered to its end, so that the connection is as good as before. */
const isAnswered = async (reading: Reading, thrown: unknown): Promise<boolean> =>
  thrown instanceof Stopped && (await reading.isAnswered());

/** One at a time: it counts as waiting until the next one is taken. */
const nextWithBody = (reading: Reading): RawMessage | undefined => {
  for (let message = reading.take(); message !== undefined; message = reading.take())
    if (hasBody(message)) return message;
  return undefined;
};

/** All that has come, because a turn of the event loop for each line would cost more than reading it. */
const arrived = <Wanted extends Fetched>(
  reading: Reading,
  isWanted: (message: Fetched) => message is Wanted,
): readonly Wanted[] | undefined => {
  const messages: Wanted[] = [];
  for (let message = reading.take(); message !== undefined; message = reading.take())
    if (isWanted(message)) messages.push(message);
  return messages.length === 0 ? undefined : messages;
};

const isFetched = (message: Fetched): message is Fetched => message !== null;

const isDescribed = (message: Fetched): message is Fetched & MessageMetadata =>
  message.internalDate !== null && message.flags !== null;

const hasBody = (message: Fetched): message is Fetched & RawMessage =>
  isDescribed(message) && message.raw !== null;
