import type { Dovecot } from "../dovecot/dovecot.ts";
import { appendMessages, type SeedMessage } from "./append-messages.ts";
import { type ImapConnection, openImap } from "./imap-connection.ts";
import { wireMailboxName } from "./mailbox-name.ts";

/** A folder to be made and filled; `path` is written as the server writes it, separator and prefix included. */
export interface SeedFolder {
  readonly path: string;
  readonly messages: Iterable<SeedMessage>;
}

/**
 * Makes, subscribes and fills folders of one account of our own Dovecot; a folder that exists is added to.
 *
 * @returns the number of messages appended.
 * @throws Error with the server's words when it refuses anything.
 */
export async function seedMailbox(
  server: Pick<Dovecot, "accessOf">,
  user: string,
  folders: Iterable<SeedFolder>,
): Promise<number> {
  const connection = await openImap(server.accessOf(user));
  try {
    let appended = 0;
    for (const folder of folders) {
      await ensureFolder(connection, folder.path);
      appended += await appendMessages(connection, folder.path, folder.messages);
    }
    return appended;
  } finally {
    await connection.close();
  }
}

async function ensureFolder(connection: ImapConnection, path: string): Promise<void> {
  if (path.toUpperCase() === "INBOX") return;
  const name = wireMailboxName(path);
  try {
    await connection.command(`CREATE ${name}`);
  } catch (error) {
    const exists = error instanceof Error && error.message.includes("[ALREADYEXISTS]");
    if (!exists) throw error;
  }
  await connection.command(`SUBSCRIBE ${name}`);
}
