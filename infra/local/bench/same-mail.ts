import { imapMailServers } from "../../../functions/adapters/imap/mail-servers.ts";
import { FolderPath } from "../../../shared/contract/ids.ts";
import { contentIdentity } from "../../../shared/copy/content-identity.ts";
import { uidRange } from "../../../shared/copy/uid-set.ts";
import type { MailSession } from "../../../shared/ports/mail-server.ts";
import type { Dovecot } from "../demo/dovecot/dovecot.ts";

const inbox = FolderPath.parse("INBOX");

/** A run whose result is not whole proves nothing. @throws Error when the INBOX of a mailbox holds another number of messages */
export const requireCounts = async (
  target: Dovecot,
  users: readonly string[],
  messages: number,
): Promise<void> => {
  for (const user of users) {
    const found = await within(
      target,
      user,
      async (session) => (await session.folderStatus(inbox))?.messages,
    );
    if (found !== messages) throw new Error(`${user} has ${found} of ${messages} messages`);
  }
};

/** Compares every octet, flag and date of the INBOX on both sides. @throws Error when they differ */
export const requireSameMail = async (
  source: Dovecot,
  target: Dovecot,
  users: readonly string[],
): Promise<void> => {
  for (const user of users) {
    const [from, to] = [await within(source, user, contents), await within(target, user, contents)];
    if (from !== to) throw new Error(`the mail of ${user} is not the same on both sides`);
  }
};

/** All messages in an order that does not depend on their UIDs: several connections mix them. */
const contents = async (session: MailSession): Promise<string> => {
  const all: string[] = [];
  const uidNext = (await session.folderStatus(inbox))?.uidNext ?? 1;
  for await (const { raw, flags, internalDate } of session.fetch(inbox, uidRange(1, uidNext - 1))) {
    all.push(`${await contentIdentity(raw)} ${internalDate} ${flags.toSorted().join(" ")}`);
  }
  return all.toSorted().join("\n");
};

const within = async <Result>(
  server: Dovecot,
  mailbox: string,
  use: (session: MailSession) => Promise<Result>,
): Promise<Result> => {
  const { host, port, user, password } = server.accessOf(mailbox);
  const session = await imapMailServers().enter(
    { side: "source", host, port, tls: "none", connections: 2 },
    { mailbox, user, password },
  );
  try {
    return await use(session);
  } finally {
    await session.leave();
  }
};
