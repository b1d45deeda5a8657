import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Dovecot, MailboxAccess } from "../demo/dovecot/dovecot.ts";

const program = "/usr/bin/mbsync";

/** The peer to be measured against is optional: Debian's package `isync`. */
export const hasMbsync = (): boolean => existsSync(program);

/** Copies the mailboxes with one mbsync for each, all at once, and returns the seconds it took. @throws Error with mbsync's words */
export const timeMbsync = async (
  source: Pick<Dovecot, "accessOf">,
  target: Pick<Dovecot, "accessOf">,
  users: readonly string[],
  directory: string,
): Promise<number> => {
  const state = await mkdtemp(join(directory, "mbsync-"));
  const configurations = await Promise.all(
    users.map(async (user, index) => {
      const file = join(state, `${index}.conf`);
      await writeFile(
        file,
        configuration(source.accessOf(user), target.accessOf(user), join(state, `${index}-`)),
        { mode: 0o600 },
      );
      return file;
    }),
  );
  const started = performance.now();
  await Promise.all(configurations.map(run));
  return (performance.now() - started) / 1_000;
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

const run = (configurationFile: string): Promise<void> =>
  new Promise((resolve, reject) => {
    const child = spawn(program, ["-c", configurationFile, "-q", "all"], {
      stdio: ["ignore", "ignore", "pipe"],
    });
    let words = "";
    child.stderr.on("data", (chunk: Buffer) => {
      words = `${words}${chunk.toString()}`.slice(-2_000);
    });
    child.once("error", reject);
    child.once("exit", (code) =>
      code === 0 ? resolve() : reject(new Error(`mbsync ended with ${code}: ${words}`)),
    );
  });
