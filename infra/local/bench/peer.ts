import { spawn } from "node:child_process";
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import type { Dovecot } from "../demo/dovecot/dovecot.ts";

/** What a peer copies, and where it may keep its own files. */
export interface PeerWork {
  readonly source: Pick<Dovecot, "accessOf">;
  readonly target: Pick<Dovecot, "accessOf">;
  /** The target itself, also where `target` is at a distance. */
  readonly targetServer: Dovecot;
  readonly users: readonly string[];
  readonly directory: string;
  /** Only the first so many messages of each INBOX are copied; null for all. Asked of none that says nothing of `atMostFar`. */
  readonly first: number | null;
}

/** Another tool that copies mail, to be measured against in the same run. None of them has to be installed. */
export interface Peer {
  readonly name: string;
  /** How to get it. */
  readonly from: string;
  isInstalled(): boolean;
  /** At a distance all messages would take it too long: it copies so many of each mailbox there, if that is one folder. @default all */
  readonly atMostFar?: number;
  /** Copies the mailboxes, all at once, and returns the seconds it took. @throws Error with the tool's words */
  time(work: PeerWork): Promise<number>;
}

/** The program's file on the search path, or null. */
export const programOnPath = (name: string, path: string): string | null => {
  for (const directory of path.split(delimiter)) {
    const file = join(directory, name);
    try {
      accessSync(file, constants.X_OK);
      return file;
    } catch {
      // Not here: the next directory may have it.
    }
  }
  return null;
};

/** Runs one command for each mailbox, all at once. @throws Error with what one wrote when it did not end with 0 */
export const timeCommands = async (commands: readonly (readonly string[])[]): Promise<number> => {
  const started = performance.now();
  await Promise.all(commands.map(run));
  return (performance.now() - started) / 1_000;
};

const run = ([program = "", ...words]: readonly string[]): Promise<void> =>
  new Promise((resolve, reject) => {
    const child = spawn(program, words, { stdio: ["ignore", "pipe", "pipe"] });
    let written = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream.on("data", (chunk: Buffer) => {
        written = `${written}${chunk.toString()}`.slice(-2_000);
      });
    }
    child.once("error", reject);
    child.once("exit", (code) =>
      code === 0 ? resolve() : reject(new Error(`${program} ended with ${code}: ${written}`)),
    );
  });
