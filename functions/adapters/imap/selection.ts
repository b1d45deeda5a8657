import type { MailboxObject } from "imapflow";
import { MailferryError } from "../../../shared/contract/errors.ts";
import type { FolderPath } from "../../../shared/contract/ids.ts";
import type { Connection } from "./connection.ts";
import { commandFailure } from "./failure.ts";

/**
 * Which folder is selected. Reading is always EXAMINE: it changes nothing, and above all CLOSE then removes nothing. CLOSE on a
 * folder selected for writing expunges every message marked \Deleted (RFC 3501 §6.4.2), so one is never sent there.
 */
export class Selection {
  readonly #connection: Connection;
  /** Without a path something is selected that imapflow does not know of. */
  #selected: { readonly path: FolderPath | null; readonly writable: boolean } | null = null;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /** Selects for reading. `fresh` selects again even if it is selected, so that what others did meanwhile is seen. @throws FolderUnusable */
  async toRead(path: FolderPath, { fresh }: { readonly fresh: boolean }): Promise<MailboxObject> {
    const { mailbox } = this.#connection.client;
    const isThere = this.#selected?.path === path && !this.#selected.writable;
    return isThere && !fresh && mailbox !== false ? mailbox : this.#open(path, false);
  }

  /** Selects for storing flags. @throws FolderUnusable */
  toWrite(path: FolderPath): Promise<MailboxObject> {
    return this.#open(path, true);
  }

  /** Another folder is going to be examined past imapflow, which goes on to believe in the one that it has selected. */
  forget(): void {
    this.#selected = this.#connection.client.mailbox === false ? null : { path: null, writable: false };
  }

  /** Leaves no folder selected: imapflow filters the flags of an APPEND by whatever is selected. */
  async none(): Promise<void> {
    const selected = this.#selected;
    if (selected === null) return;
    if (selected.writable && selected.path !== null) await this.#open(selected.path, false);
    const { client, server } = this.#connection;
    this.#selected = null;
    const closed = await client.mailboxClose();
    if (closed === true) return;
    const { side, host } = server;
    if (client.usable && !client.isClosed) {
      throw new MailferryError("ServerAnswerUnusable", { side, host, what: "CLOSE was refused" });
    }
    throw new MailferryError("ConnectionLost", { side, host, reason: "the connection ended during CLOSE" });
  }

  async #open(path: FolderPath, writable: boolean): Promise<MailboxObject> {
    const { client, server, mailbox } = this.#connection;
    this.#selected = null;
    try {
      const opened = await client.mailboxOpen(path, { readOnly: !writable });
      this.#selected = { path, writable };
      return opened;
    } catch (thrown) {
      throw commandFailure(server, thrown, { path, mailbox });
    }
  }
}
