import { chown, mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { RunningAccount } from "./running-account.ts";

/** A Unix socket's path has at most 107 bytes (unix(7)); Dovecot's own names below this directory take up to 35. */
const LONGEST_PATH = 64;

/**
 * Makes an empty directory for the sockets, pid file and state of one launch. New each time, so that neither what a
 * killed server left nor what a dying one still removes is in the way; leftovers of earlier launches are cleared.
 * It lies in the instance's directory, or below the system's temporary directory when that path is too long.
 */
export async function makeRunDirectory(directory: string, account: RunningAccount): Promise<string> {
  const leftovers = (await readdir(directory)).filter((name) => name.startsWith("run-"));
  for (const name of leftovers) await rm(join(directory, name), { recursive: true, force: true });

  const here = join(directory, "run-");
  const fits = Buffer.byteLength(here) + 6 <= LONGEST_PATH;
  const made = await mkdtemp(fits ? here : join(tmpdir(), "mailferry-run-"));
  if (account.dropsRoot) await chown(made, account.uid, account.gid);
  return made;
}
