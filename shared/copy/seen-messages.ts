import type { FolderPath, Uid, UidSet } from "../contract/ids.ts";
import type { FolderStatus, MessageMetadata, MessageSize } from "../ports/mail-server.ts";
import { countUids, emptyUidSet, uidRange, uidSetOf, uidsIn, unionOf, without } from "./uid-set.ts";

/** So many messages are remembered of a visit, some 200 octets each. */
export const mostSeen = 10_000;

/** What a visit has read of the messages of one source folder, as long as the folder is what it was. */
export interface SeenFolder {
  /** Their metadata, or null where not all of them were read. What is not there was not there when it was asked for. */
  metadata(uids: UidSet): readonly MessageMetadata[] | null;
  /** The UIDs of all messages of the folder, or null where not all were read. */
  all(): UidSet | null;
}

interface Seen {
  readonly asOf: FolderStatus;
  asked: UidSet;
  /** The messages that there were; null of one that has not been read yet. */
  readonly messages: Map<Uid, MessageMetadata | null>;
}

/**
 * What a visit has read of the source's messages, so that it need not read it again to compare both sides: a plan tells which there are,
 * and copying them what they are. It is what the source says now where the folder is what it was before: each change of flags raises
 * HIGHESTMODSEQ (RFC 7162), each new message UIDNEXT, and where none came, each that went lowers MESSAGES. Of a folder without
 * mod-sequences nothing is remembered.
 */
export class SeenMessages {
  readonly #folders = new Map<FolderPath, Seen>();
  #room = mostSeen;

  /** Remembers which messages there are of those `asked` for, if there is room. `asOf` was asked before it. */
  note(path: FolderPath, asOf: FolderStatus, asked: UidSet, messages: readonly MessageSize[]): void {
    if (asOf.highestModseq === null || messages.length > this.#room) return;
    this.#room -= messages.length;
    const seen = this.#folders.get(path) ?? { asOf, asked: emptyUidSet, messages: new Map() };
    this.#folders.set(path, seen);
    seen.asked = unionOf(seen.asked, asked);
    for (const { uid } of messages) seen.messages.set(uid, null);
  }

  /** Remembers what these messages are, as far as it is remembered that they are there. */
  noteRead(path: FolderPath, messages: readonly MessageMetadata[]): void {
    const seen = this.#folders.get(path);
    for (const { uid, size, internalDate, flags } of messages)
      if (seen?.messages.has(uid)) seen.messages.set(uid, { uid, size, internalDate, flags });
  }

  /** What was read of the folder, if it is the same by now. `now` must not be older than what is to be compared. */
  ifUnchanged(path: FolderPath, now: FolderStatus): SeenFolder | null {
    const seen = this.#folders.get(path);
    return seen !== undefined && isSame(seen.asOf, now) ? new UnchangedFolder(seen) : null;
  }
}

class UnchangedFolder implements SeenFolder {
  readonly #seen: Seen;

  constructor(seen: Seen) {
    this.#seen = seen;
  }

  metadata(uids: UidSet): readonly MessageMetadata[] | null {
    const { asked, messages } = this.#seen;
    if (without(uids, asked) !== emptyUidSet) return null;
    const read: MessageMetadata[] = [];
    for (const uid of uidsIn(uids)) {
      const message = messages.get(uid);
      if (message === null) return null;
      if (message !== undefined) read.push(message);
    }
    return read;
  }

  all(): UidSet | null {
    const { asOf, asked, messages } = this.#seen;
    if (without(uidRange(1, asOf.uidNext - 1), asked) !== emptyUidSet) return null;
    const uids = uidSetOf(messages.keys());
    // What the server left out of its answer by mistake would look like an absence.
    return countUids(uids) === asOf.messages ? uids : null;
  }
}

const isSame = (one: FolderStatus, other: FolderStatus): boolean =>
  one.uidValidity === other.uidValidity &&
  one.uidNext === other.uidNext &&
  one.messages === other.messages &&
  one.highestModseq === other.highestModseq;
