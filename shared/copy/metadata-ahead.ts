import type { FolderPath, UidSet } from "../contract/ids.ts";
import type { MailSession, MessageMetadata } from "../ports/mail-server.ts";
import { quietly } from "./quietly.ts";
import { emptyUidSet, slicesOf, uidRange } from "./uid-set.ts";

/** New messages of a source folder: those from the first UID that is not planned to the one before UIDNEXT. */
export interface NewMessages {
  readonly path: FolderPath;
  readonly fromUid: number;
  readonly uidNext: number;
}

/** Folders whose messages are asked for at once, so that each costs no round trip of its own. */
export const readAtOnce = 8;

/** So many messages' metadata are held at one time; of the rest only UID and size. */
export const metadataSlice = 5_000;

/**
 * Metadata of messages that will be planned, asked for at the source while the target's folders are still being made. What was asked for
 * in vain is forgotten with it.
 */
export class MetadataAhead {
  readonly #source: Pick<MailSession, "metadata">;
  readonly #asked = new Map<
    FolderPath,
    { readonly uids: UidSet; readonly answer: Promise<readonly MessageMetadata[]> }
  >();

  constructor(source: Pick<MailSession, "metadata">) {
    this.#source = source;
  }

  /** Asks for the first messages of the first folders that have new ones, which is what is planned first. */
  begin(folders: readonly NewMessages[]): void {
    for (const { path, fromUid, uidNext } of folders) {
      const [uids = emptyUidSet] = slicesOf(uidRange(fromUid, uidNext - 1), metadataSlice);
      if (uids === emptyUidSet) continue;
      if (this.#asked.size === readAtOnce) return;
      this.#asked.set(path, { uids, answer: quietly(this.#source.metadata(path, uids)) });
    }
  }

  /** The metadata of exactly these messages, whether or not they have been asked for. */
  async read(path: FolderPath, uids: UidSet): Promise<readonly MessageMetadata[]> {
    const asked = this.#asked.get(path);
    this.#asked.delete(path);
    return asked?.uids === uids ? asked.answer : this.#source.metadata(path, uids);
  }
}
