import { randomBytes } from "node:crypto";
import { chown, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { unpackCyrus } from "../../infra/local/demo/cyrus/unpack-cyrus.ts";
import type { MailboxAccess } from "../../infra/local/demo/dovecot/dovecot.ts";
import { freePort, greetsWith } from "../../infra/local/demo/dovecot/port.ts";
import { startProcessGroup } from "../../infra/local/demo/dovecot/process-group.ts";
import { commandAs, runningAccount } from "../../infra/local/demo/dovecot/running-account.ts";
import { type CyrusOptions, imapdConfiguration, masterConfiguration } from "./cyrus/configuration.ts";
import { cyrusDirectory } from "./cyrus/directory.ts";
import { passwordSocket } from "./cyrus/password-socket.ts";
import { eventually } from "./eventually.ts";
import { someone } from "./private-dovecot.ts";
import { temporaryDirectory } from "./temporary-directory.ts";

/** A Cyrus of the running test's own. */
export interface Cyrus {
  readonly host: "127.0.0.1";
  readonly port: number;
  accessOf(user: string): MailboxAccess;
}

/** Starts a Cyrus that knows one account and has its mailbox made at the first login. It is gone when the test has finished. */
export async function privateCyrus(options: Partial<CyrusOptions> = {}): Promise<Cyrus> {
  const account = runningAccount();
  const directory = await temporaryDirectory();
  const runDirectory = await mkdtemp(join(tmpdir(), "mailferry-cyrus-"));
  for (const part of [join(directory, "conf"), join(directory, "spool")]) await mkdir(part);
  const layout = {
    changesHeaders: false,
    ...options,
    directory,
    runDirectory,
    port: await freePort(),
    token: randomBytes(6).toString("hex"),
  };
  const unpacked = await unpackCyrus(cyrusDirectory);
  const [imapdConf, masterConf] = [join(directory, "imapd.conf"), join(directory, "cyrus.conf")];
  await writeFile(imapdConf, imapdConfiguration(layout, account));
  await writeFile(masterConf, masterConfiguration(layout, unpacked.imapd, imapdConf));
  if (account.dropsRoot) {
    const owned = [directory, runDirectory, join(directory, "conf"), join(directory, "spool")];
    for (const part of owned) await chown(part, account.uid, account.gid);
  }
  const passwords = await passwordSocket(
    join(runDirectory, "mux"),
    (user, password) => user === someone.user && password === someone.password,
  );
  const program = [unpacked.master, "-C", imapdConf, "-M", masterConf, "-p", join(runDirectory, "pid"), "-D"];
  const command = commandAs(
    account,
    ["env", `LD_LIBRARY_PATH=${unpacked.libraries}`, ...program],
    [directory, runDirectory, cyrusDirectory],
  );
  const log = join(directory, "cyrus.log");
  const group = await startProcessGroup(command, log);
  onTestFinished(async () => {
    await group.end(500);
    passwords.close();
    await rm(runDirectory, { recursive: true, force: true });
  });
  await eventually("Cyrus' greeting", async () => {
    if (group.ended()) throw new Error(`Cyrus ended: ${await readFile(log, "utf8")}`);
    return (await greetsWith(layout.token, layout.port, false)) ? true : undefined;
  });
  return {
    host: "127.0.0.1",
    port: layout.port,
    accessOf: (user) => ({
      host: "127.0.0.1",
      port: layout.port,
      tls: "none",
      certificate: undefined,
      user,
      password: someone.password,
    }),
  };
}
