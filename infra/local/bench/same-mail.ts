import { imapMailServers } from "../../../functions/adapters/imap/mail-servers.ts";
import type { FolderPath } from "../../../shared/contract/ids.ts";
import { contentIdentity } from "../../../shared/copy/content-identity.ts";
import { uidRange } from "../../../shared/copy/uid-set.ts";
import type { FolderStatus, MailSession } from "../../../shared/ports/mail-server.ts";
import type { Dovecot } from "../demo/dovecot/dovecot.ts";
import { type Amount, folderShares } from "./folders.ts";

/** A run whose result is not whole proves nothing. @throws Error when a folder of a mailbox holds another number of messages */
export const requireCounts = async (
  target: Pick<Dovecot, "accessOf">,
  users: readonly string[],
  amount: Amount,
): Promise<void> => {
  const expected = new Map(folderShares(amount).map(({ path, messages }) => [path, messages]));
  for (const user of users) {
    const folders = await within(target, user, filledFolders);
    const found = new Map<string, number>(folders.map(({ path, status }) => [path, status.messages]));
    for (const path of new Set([...expected.keys(), ...found.keys()])) {
      const [wanted, there] = [expected.get(path) ?? 0, found.get(path) ?? 0];
      if (there !== wanted) throw new Error(`${user} has ${there} of ${wanted} messages in ${path}`);
    }
  }
};

/** Compares every octet, flag and date of every folder on both sides. @throws Error when they differ */
export const requireSameMail = async (
  source: Pick<Dovecot, "accessOf">,
  target: Pick<Dovecot, "accessOf">,
  users: readonly string[],
): Promise<void> => {
  for (const user of users) {
    const [from, to] = [await within(source, user, contents), await within(target, user, contents)];
    if (from !== to) throw new Error(`the mail of ${user} is not the same on both sides`);
  }
};

interface FilledFolder {
  readonly path: FolderPath;
  readonly status: FolderStatus;
}

/** The folders with mail in them: whether empty ones are copied, and which a server makes by itself, is not what is measured. */
const filledFolders = async (session: MailSession): Promise<readonly FilledFolder[]> => {
  const filled: FilledFolder[] = [];
  for (const { path, selectable, status: given } of await session.survey()) {
    const status = given ?? (selectable ? await session.folderStatus(path) : null);
    if (status !== null && status.messages > 0) filled.push({ path, status });
  }
  return filled;
};

/** All messages in an order that does not depend on their UIDs: several connections mix them. */
const contents = async (session: MailSession): Promise<string> => {
  const all: string[] = [];
  for (const { path, status } of await filledFolders(session)) {
    for await (const { raw, flags, internalDate } of session.fetch(path, uidRange(1, status.uidNext - 1))) {
      all.push(`${path} ${await contentIdentity(raw)} ${internalDate} ${flags.toSorted().join(" ")}`);
    }
  }
  return all.toSorted().join("\n");
};

const within = async <Result>(
  server: Pick<Dovecot, "accessOf">,
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
