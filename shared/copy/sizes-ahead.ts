import type { FolderPath, UidSet } from "../contract/ids.ts";
import type { MailSession, MessageSize } from "../ports/mail-server.ts";
import { quietly } from "./quietly.ts";
import { emptyUidSet, slicesOf, uidRange } from "./uid-set.ts";

/** New messages of a source folder: those from the first UID that is not planned to the one before UIDNEXT. */
export interface NewMessages {
  readonly path: FolderPath;
  readonly fromUid: number;
  readonly uidNext: number;
}

/** Folders whose messages are asked for at once, so that each costs no round trip of its own. */
export const readAtOnce = 32;

/** So many messages are asked for at one time. */
export const sizesSlice = 5_000;

/**
 * Sizes of messages that will be planned, asked for at the source while the target's folders are still being made. What was asked for
 * in vain is forgotten with it.
 */
export class SizesAhead {
  readonly #source: Pick<MailSession, "sizes">;
  readonly #asked = new Map<
    FolderPath,
    { readonly uids: UidSet; readonly answer: Promise<readonly MessageSize[]> }
  >();

  constructor(source: Pick<MailSession, "sizes">) {
    this.#source = source;
  }

  /** Asks for the first messages of the first folders that have new ones, which is what is planned first. */
  begin(folders: readonly NewMessages[]): void {
    for (const { path, fromUid, uidNext } of folders) {
      const [uids = emptyUidSet] = slicesOf(uidRange(fromUid, uidNext - 1), sizesSlice);
      if (uids === emptyUidSet) continue;
      if (this.#asked.size === readAtOnce) return;
      this.#asked.set(path, { uids, answer: quietly(this.#source.sizes(path, uids)) });
    }
  }

  /** The sizes of exactly these messages, whether or not they have been asked for. */
  async read(path: FolderPath, uids: UidSet): Promise<readonly MessageSize[]> {
    const asked = this.#asked.get(path);
    this.#asked.delete(path);
    return asked?.uids === uids ? asked.answer : this.#source.sizes(path, uids);
  }
}
