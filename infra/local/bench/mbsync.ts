import { mkdtemp, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { MailboxAccess } from "../demo/dovecot/dovecot.ts";
import { type Peer, programOnPath, timeCommands } from "./peer.ts";

const program = programOnPath("mbsync", "/usr/local/bin:/usr/bin");

/** mbsync: a header of its own in every message, no subscriptions. */
export const mbsync: Peer = {
  name: "mbsync",
  from: "Debian's package isync",
  isInstalled: () => program !== null,
  time: async ({ source, target, users, directory }) => {
    const state = await mkdtemp(join(directory, "mbsync-"));
    const files = await Promise.all(
      users.map(async (user, index) => {
        const file = join(state, `${index}.conf`);
        const text = configuration(source.accessOf(user), target.accessOf(user), join(state, `${index}-`));
        await writeFile(file, text, { mode: 0o600 });
        return file;
      }),
    );
    return timeCommands(files.map((file) => [program ?? "mbsync", "-c", file, "-q", "all"]));
  },
};

const configuration = (source: MailboxAccess, target: MailboxAccess, state: string): string =>
  `${store("far", source)}
${store("near", target)}
Channel all
Far :far:
Near :near:
Patterns *
Create Near
Sync Pull
CopyArrivalDate yes
SyncState ${state}
`;

const store = (name: string, { host, port, user, password }: MailboxAccess): string =>
  `IMAPAccount ${name}
Host ${host}
Port ${port}
User ${user}
Pass ${password}
SSLType None
AuthMechs LOGIN

IMAPStore ${name}
Account ${name}
`;
