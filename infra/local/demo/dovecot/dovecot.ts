import { join, resolve } from "node:path";
import { ensureCertificate } from "./certificate.ts";
import { prepareDirectory } from "./directory.ts";
import { type DovecotInstance, launch } from "./launch.ts";
import type { DovecotOptions, DovecotTls, MasterUser } from "./options.ts";
import { freePort } from "./port.ts";
import { commandAs, runningAccount } from "./running-account.ts";

/** A running private IMAP server on loopback. */
export interface Dovecot {
  readonly host: "127.0.0.1";
  readonly port: number;
  readonly tls: DovecotTls;
  /** PEM file to trust when `tls` is not `none`. */
  readonly certificate: string | undefined;
  readonly masterUser: MasterUser | undefined;
  /** How to open a user's mailbox with its own password. @throws Error when there is no such account. */
  accessOf(user: string): MailboxAccess;
  /** The command that runs one of Dovecot's own programs on this server's mail, as the account that owns it. */
  commandFor(program: readonly string[]): readonly string[];
  /** The directory that holds the user's mail; it appears with the first login. */
  maildirOf(user: string): string;
  /** Ends the server and everything it forked; the mail stays. Stopping twice is harmless. */
  stop(): Promise<void>;
  /** Sends the signal to every process of the server at once, as a crash of the machine would. Returns when none lives. */
  kill(signal: "SIGKILL" | "SIGTERM"): Promise<void>;
  /** Stops the server if it runs and starts it on the same port with the same mail. */
  restart(): Promise<void>;
}

/** Everything a client needs to open one mailbox. */
export interface MailboxAccess {
  readonly host: string;
  readonly port: number;
  readonly tls: DovecotTls;
  readonly certificate: string | undefined;
  readonly user: string;
  readonly password: string;
}

/** How often the port may turn out to be taken before we give up; Dovecot itself tries for about a second each time. */
const PORT_ATTEMPTS = 3;

/**
 * Starts a private Dovecot (Debian's `dovecot-imapd`, 2.3) that serves the given accounts on 127.0.0.1 and is ready
 * to log in when the promise resolves. It needs no root and touches nothing of a Dovecot the system runs.
 * It ends with the thread that started it.
 *
 * @throws DovecotStartError with Dovecot's own words.
 */
export async function startDovecot(given: DovecotOptions): Promise<Dovecot> {
  const options = { ...given, directory: resolve(given.directory) };
  const account = runningAccount();
  const tls = options.tls ?? "none";
  const certificate = tls === "none" ? undefined : await ensureCertificate(options.directory);
  await prepareDirectory(options, account);

  const start = (port: number): Promise<DovecotInstance> => launch(options, port, account);
  let instance = await startOnSomePort(options.port, start);
  const { port } = instance;

  return {
    host: "127.0.0.1",
    port,
    tls,
    certificate,
    masterUser: options.masterUser,
    accessOf(user) {
      const found = options.accounts.find((candidate) => candidate.user === user);
      if (found === undefined) throw new Error(`This Dovecot has no account ${user}.`);
      return { host: "127.0.0.1", port, tls, certificate, user, password: found.password };
    },
    commandFor: ([name = "", ...words]) => {
      const command = [name, "-c", join(options.directory, "dovecot.conf"), ...words];
      return commandAs(account, command, [options.directory]);
    },
    maildirOf: (user) => join(options.directory, "mail", user.toLowerCase(), "mail"),
    stop: () => instance.stop(),
    kill: (signal) => instance.kill(signal),
    async restart() {
      await instance.stop();
      instance = await startOnSomePort(port, start);
    },
  };
}

/** A given port is tried again too: the one who held it may be our own predecessor, still closing. */
async function startOnSomePort(
  wanted: number | undefined,
  start: (port: number) => Promise<DovecotInstance>,
): Promise<DovecotInstance> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await start(wanted ?? (await freePort()));
    } catch (error) {
      const taken = error instanceof Error && error.message.includes("Address already in use");
      if (!taken || attempt === PORT_ATTEMPTS) throw error;
    }
  }
}
