import { readFileSync } from "node:fs";
import { ImapFlow } from "imapflow";
import type { MailboxAccess } from "../../infra/local/demo/dovecot/dovecot.ts";
import { type MailboxContent, type MessageContent, messageContent } from "./mailbox-content.ts";

export { expectSameMailbox, mailboxDifferences } from "./mailbox-comparison.ts";

/** Reads every selectable folder of a mailbox whole. @throws Error when the server gave fewer messages than it said it had. */
export async function snapshotMailbox(access: MailboxAccess): Promise<MailboxContent> {
  await using client = await openMailbox(access);
  const folders = new Map<string, readonly MessageContent[]>();
  for (const { path, flags } of await client.list()) {
    const selectable = !flags.has("\\Noselect") && !flags.has("\\NonExistent");
    if (selectable) folders.set(path, await readFolder(client, path));
  }
  return { folders };
}

/** A logged-in imapflow connection, for what a test wants to look at or to tamper with. */
export async function openMailbox(
  access: MailboxAccess & { readonly authorisedAs?: string },
): Promise<ImapFlow> {
  const { host, port, tls, certificate, user, password, authorisedAs } = access;
  const client = new ImapFlow({
    host,
    port,
    secure: tls === "implicit",
    doSTARTTLS: tls === "starttls",
    auth: { user, pass: password, ...(authorisedAs === undefined ? {} : { authzid: authorisedAs }) },
    logger: false,
    ...(certificate === undefined ? {} : { tls: { ca: readFileSync(certificate) } }),
  });
  // Without a listener an error event ends the process; the command that meets it rejects by itself.
  client.on("error", () => undefined);
  await client.connect();
  return client;
}

async function readFolder(client: ImapFlow, path: string): Promise<readonly MessageContent[]> {
  const lock = await client.getMailboxLock(path, { readOnly: true });
  try {
    const announced = client.mailbox === false ? 0 : client.mailbox.exists;
    const messages: MessageContent[] = [];
    if (announced === 0) return messages;
    const wanted = { uid: true, flags: true, internalDate: true, source: true };
    for await (const { uid, flags, internalDate, source } of client.fetch("1:*", wanted)) {
      if (source === undefined || flags === undefined || internalDate === undefined) {
        throw new Error(`Folder ${path}: the server left out a part of UID ${uid}.`);
      }
      messages.push(messageContent({ uid, raw: source, flags, internalDate: new Date(internalDate) }));
    }
    // imapflow passes over a FETCH line it cannot parse: a snapshot that is short must not look like a loss of the copy.
    if (messages.length !== announced) {
      throw new Error(`Folder ${path}: ${announced} messages announced, ${messages.length} read.`);
    }
    return messages;
  } finally {
    lock.release();
  }
}
