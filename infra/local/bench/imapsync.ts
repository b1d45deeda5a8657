import { mkdtemp } from "node:fs/promises";
import { join } from "node:path";
import type { MailboxAccess } from "../demo/dovecot/dovecot.ts";
import { type Peer, programOnPath, timeCommands } from "./peer.ts";

const program = programOnPath("imapsync", "/usr/local/bin:/usr/bin");

/** imapsync as its own documentation has it be used, without encryption because the servers are on loopback. */
export const imapsync: Peer = {
  name: "imapsync",
  from: "https://imapsync.lamiral.info",
  isInstalled: () => program !== null,
  // Half a minute. Its start, half a second, would make much more of fewer, and of a part on loopback.
  atMostFar: 400,
  time: async ({ source, target, users, directory, first }) => {
    const own = await mkdtemp(join(directory, "imapsync-"));
    return timeCommands(
      users.map((user) => [
        program ?? "imapsync",
        ...side(1, source.accessOf(user)),
        ...side(2, target.accessOf(user)),
        ...["--tmpdir", own, "--pidfile", join(own, `${user}.pid`)],
        ...["--nolog", "--noreleasecheck", "--nomodulesversion"],
        ...(first === null ? [] : ["--search1", `UID 1:${first}`]),
      ]),
    );
  },
};

const side = (number: 1 | 2, { host, port, user, password }: MailboxAccess): readonly string[] => [
  ...[`--host${number}`, host, `--port${number}`, String(port)],
  ...[`--user${number}`, user, `--password${number}`, password],
  ...[`--nossl${number}`, `--notls${number}`],
];
