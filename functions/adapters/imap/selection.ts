import type { MailboxObject } from "imapflow";
import { MailferryError } from "../../../shared/contract/errors.ts";
import type { FolderPath } from "../../../shared/contract/ids.ts";
import type { Connection } from "./connection.ts";
import { commandFailure } from "./failure.ts";
import { isOpen, type OpenImapFlow } from "./imapflow-internals.ts";
import { sendTogether } from "./send-together.ts";

/**
 * Which folder is selected. Reading is always EXAMINE: it changes nothing, and above all CLOSE then removes nothing. CLOSE on a
 * folder selected for writing expunges every message marked \Deleted (RFC 3501 §6.4.2), so one is never sent there.
 */
export class Selection {
  readonly #connection: Connection;
  /** Without a path something is selected that imapflow does not know of. */
  #selected: { readonly path: FolderPath | null; readonly writable: boolean } | null = null;
  /** What the server has open, past imapflow or not. */
  #open: FolderPath | null = null;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /** Selects for reading. `fresh` selects again even if it is selected, so that what others did meanwhile is seen. @throws FolderUnusable */
  async toRead(path: FolderPath, { fresh }: { readonly fresh: boolean }): Promise<MailboxObject> {
    const { mailbox } = this.#connection.client;
    const isThere = this.#selected?.path === path && !this.#selected.writable;
    return isThere && !fresh && mailbox !== false ? mailbox : this.#select(path, false);
  }

  /** Selects for storing flags. @throws FolderUnusable */
  toWrite(path: FolderPath): Promise<MailboxObject> {
    return this.#select(path, true);
  }

  /** Whether the server has the folder open, so that it may go on to tell what it knew when it was opened. */
  isOpen(path: FolderPath): boolean {
    return this.#open === path;
  }

  /** Another folder is going to be examined past imapflow, which goes on to believe in the one that it has selected. */
  forget(examined: FolderPath): void {
    this.#open = examined;
    this.#selected = this.#connection.client.mailbox === false ? null : { path: null, writable: false };
  }

  /** The folder that was to be examined could not be: if nothing was examined since, none is open (RFC 3501 §6.3.1). */
  refused(path: FolderPath): void {
    if (this.#open === path) this.#open = null;
  }

  /**
   * Asks, and in the same flight closes the folder that is open for reading, so that what is answered holds as of now. One that is open
   * for writing stays so, because CLOSE would expunge.
   */
  async closing<Answer>(ask: () => Promise<Answer>): Promise<Answer> {
    const { client } = this.#connection;
    const open = this.#open;
    if (open === null || this.#selected?.writable === true || !isOpen(client)) return ask();
    const asked: Promise<Answer>[] = [];
    const close = async (): Promise<void> => {
      if (!(await closeQuietly(client))) return;
      this.#open = null;
      this.#selected = null;
    };
    const last = (): Promise<Answer> => {
      const answer = ask();
      asked.push(answer);
      return answer;
    };
    await sendTogether(client, [close, last]);
    return asked[0] ?? ask();
  }

  /** Leaves no folder selected: imapflow filters the flags of an APPEND by whatever is selected. */
  async none(): Promise<void> {
    const selected = this.#selected;
    if (selected === null) return;
    if (selected.writable && selected.path !== null) await this.#select(selected.path, false);
    const { client, server } = this.#connection;
    this.#selected = null;
    this.#open = null;
    const closed = await client.mailboxClose();
    if (closed === true) return;
    const { side, host } = server;
    if (client.usable && !client.isClosed) {
      throw new MailferryError("ServerAnswerUnusable", { side, host, what: "CLOSE was refused" });
    }
    throw new MailferryError("ConnectionLost", { side, host, reason: "the connection ended during CLOSE" });
  }

  async #select(path: FolderPath, writable: boolean): Promise<MailboxObject> {
    const { client, server, mailbox } = this.#connection;
    this.#selected = null;
    this.#open = null;
    try {
      const opened = await client.mailboxOpen(path, { readOnly: !writable });
      this.#selected = { path, writable };
      this.#open = path;
      return opened;
    } catch (thrown) {
      throw commandFailure(server, thrown, { path, mailbox });
    }
  }
}

/** CLOSE, whether or not imapflow knows that something is selected. False where it is refused. */
const closeQuietly = async (client: OpenImapFlow): Promise<boolean> => {
  if (client.mailbox !== false) return (await client.mailboxClose()) === true;
  try {
    (await client.exec("CLOSE", [])).next();
    return true;
  } catch {
    return false;
  }
};
