import type { FolderPath } from "../../../../shared/contract/ids.ts";
import type { FolderLine } from "./folder-line.ts";

/** Messages that are to have the same flags. */
export interface Alike {
  /** A UID set that fits into a command. */
  readonly uids: string;
  readonly flags: readonly string[];
}

/**
 * What concerns the flags of a folder, for which it is opened for writing. It is opened for reading right behind that, in the same flight:
 * a CLOSE of a folder that is open for writing would expunge what is marked \Deleted (RFC 3501 §6.4.2).
 */
export class FolderFlags {
  readonly #line: FolderLine;

  constructor(line: FolderLine) {
    this.#line = line;
  }

  /** The PERMANENTFLAGS of a folder; null where the server names none. A folder that is only examined keeps nothing and says so. */
  async permanent(path: FolderPath): Promise<readonly string[] | null> {
    const { opened } = await this.#line.ask(path, "SELECT", [this.#line.examining(path)]);
    return opened.permanentFlags;
  }

  /** Sets flags. Messages that are gone are passed over by the server (RFC 3501 §6.4.8). @throws as `Fetcher.fetch` */
  async set(path: FolderPath, changes: readonly Alike[]): Promise<void> {
    const stores = changes.map(({ uids, flags }) => `UID STORE ${uids} FLAGS.SILENT (${flags.join(" ")})`);
    await this.#line.ask(path, "SELECT", [...stores, this.#line.examining(path)]);
  }
}
