import type { FolderPath, Uid, UidSet } from "../../../../shared/contract/ids.ts";
import { piecesOf } from "../../../../shared/copy/uid-set.ts";
import type { MessageMetadata, MessageSize, RawMessage } from "../../../../shared/ports/mail-server.ts";
import type { Fetched } from "./fetch-response.ts";
import type { FolderLine } from "./folder-line.ts";
import { Digest, digestOfOctets } from "./literal.ts";
import type { OpenedAs } from "./opened-folder.ts";
import type { Reading } from "./reading.ts";

/** Without `*`, which an empty folder has no number for. */
const everyUid = "1:4294967295";
const metadataItems = "UID FLAGS INTERNALDATE RFC822.SIZE";

/** What a server says of messages without their octets. */
export interface Description<Said extends MessageSize> {
  readonly messages: ReadonlyMap<Uid, Said>;
  /** How many there were in the folder when it was opened for this question; null where the server did not say. */
  readonly exist: number | null;
}

/** The messages that a folder holds. */
export interface Found {
  /** Null where the server did not answer in a form that can be read. */
  readonly uids: UidSet | null;
  /** As in `Description`. */
  readonly exist: number | null;
}

/** Reads folders and their messages over a connection that nobody else uses meanwhile, as fast as they are taken. */
export class Fetcher {
  readonly #line: FolderLine;

  constructor(line: FolderLine) {
    this.#line = line;
  }

  /**
   * The messages of a folder, in the order in which the server sends them. What is gone does not come. Left before its end, the
   * connection is closed: nobody could tell the rest of this answer from the next one.
   * @throws ConnectionLost, ServerAnswerUnusable, ServerBusy, FolderUnusable
   */
  fetch(path: FolderPath, uids: UidSet): AsyncIterable<RawMessage> {
    const items = `(${metadataItems} BODY.PEEK[])`;
    return this.#line.read(path, fetches(piecesOf(uids), items), nextWithBody);
  }

  /** Their metadata only. @throws as `fetch` */
  metadata(path: FolderPath, uids: UidSet): Promise<Description<MessageMetadata>> {
    return this.#describe(path, fetches(piecesOf(uids), `(${metadataItems})`), isDescribed);
  }

  /** Their sizes only. @throws as `fetch` */
  sizes(path: FolderPath, uids: UidSet): Promise<Description<MessageSize>> {
    return this.#describe(path, fetches(piecesOf(uids), "(UID RFC822.SIZE)"), isFetched);
  }

  /** Metadata of the messages whose flags changed since (RFC 7162 §3.1.4.1). @throws as `fetch` */
  changedSince(path: FolderPath, modseq: string): Promise<Description<MessageMetadata>> {
    const items = `(${metadataItems}) (CHANGEDSINCE ${modseq})`;
    return this.#describe(path, fetches([everyUid], items), isDescribed);
  }

  /** SHA-256 of the octets of messages, hexadecimal, by UID. They are digested as they arrive, so that they may be of any size. @throws as `fetch` */
  async digests(path: FolderPath, uids: UidSet): Promise<ReadonlyMap<Uid, string>> {
    const commands = fetches(piecesOf(uids), "(UID RFC822.SIZE BODY.PEEK[])");
    const reading = this.#line.reading({ areDigestsEnough: true });
    const { messages } = await this.#describe(path, commands, hasOctets, reading);
    const digests = new Map<Uid, string>();
    // Only a literal is digested as it arrives.
    for (const { uid, raw } of messages.values())
      digests.set(uid, raw instanceof Digest ? raw.sha256 : digestOfOctets(raw));
    return digests;
  }

  /** The folder as it is by now, which is seen by opening it; null where the server does not say all of it. @throws as `fetch` */
  async status(path: FolderPath): Promise<OpenedAs | null> {
    const { opened } = await this.#line.ask(path, "EXAMINE", []);
    return opened.as;
  }

  /** Which messages there are; `isExtended` where the server can name them in ranges (RFC 4731). @throws as `fetch` */
  async uids(path: FolderPath, isExtended: boolean): Promise<Found> {
    const search = isExtended ? "UID SEARCH RETURN (ALL) ALL" : "UID SEARCH ALL";
    const { found, opened } = await this.#line.ask(path, "EXAMINE", [search]);
    return { uids: found.uids, exist: opened.messages };
  }

  /** What a server says more than once of a message counts as it says it last. */
  async #describe<Said extends Fetched>(
    path: FolderPath,
    commands: readonly string[],
    isWanted: (message: Fetched) => message is Said,
    reading = this.#line.reading(),
  ): Promise<Description<Said>> {
    const messages = new Map<Uid, Said>();
    const arriving = this.#line.read(path, commands, (of) => arrived(of, isWanted), reading);
    for await (const some of arriving) for (const message of some) messages.set(message.uid, message);
    return { messages, exist: reading.opened.messages };
  }
}

const fetches = (pieces: readonly UidSet[] | readonly string[], items: string): readonly string[] =>
  pieces.map((piece) => `UID FETCH ${piece} ${items}`);

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

const hasOctets = (message: Fetched): message is Fetched & { readonly raw: Uint8Array | Digest } =>
  message.raw !== null;

const isDescribed = (message: Fetched): message is Fetched & MessageMetadata =>
  message.internalDate !== null && message.flags !== null;

const hasBody = (message: Fetched): message is Fetched & RawMessage =>
  isDescribed(message) && message.raw instanceof Uint8Array;
