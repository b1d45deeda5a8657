import { execFileSync } from "node:child_process";
import { statSync } from "node:fs";
import { dirname } from "node:path";

/** The system account under which Dovecot's processes run. */
export interface RunningAccount {
  readonly user: string;
  readonly group: string;
  readonly uid: number;
  readonly gid: number;
  /** True when the server must give up root for this account. */
  readonly dropsRoot: boolean;
}

/**
 * The account to serve mail with: ourselves, or `nobody` when we are root, because Dovecot's imap process
 * refuses to open mail as uid 0. Asked of `id`, since Dovecot wants names that the system's user database knows.
 *
 * @throws Error when our uid has no name in the user database (a container started with a bare number).
 */
export function runningAccount(): RunningAccount {
  const dropsRoot = process.getuid?.() === 0;
  const whom = dropsRoot ? ["nobody"] : [];
  return {
    user: identity("-un", whom),
    group: identity("-gn", whom),
    uid: Number(identity("-u", whom)),
    gid: Number(identity("-g", whom)),
    dropsRoot,
  };
}

/**
 * The command that runs `program` as the account and ends it with SIGTERM when the thread that started it dies,
 * however it dies (prctl(2), PR_SET_PDEATHSIG): a killed test run leaves no server behind.
 *
 * When root's directories bar the way (a checkout below /root), only the right to pass through is kept:
 * otherwise the demo could not be started from there at all.
 */
export function commandAs(
  account: RunningAccount,
  program: readonly string[],
  directories: readonly string[],
): readonly string[] {
  const identityArguments = account.dropsRoot
    ? [`--reuid=${account.uid}`, `--regid=${account.gid}`, "--clear-groups"]
    : [];
  const barred = account.dropsRoot && directories.some((directory) => isBarred(dirname(directory), account));
  const passage = barred ? ["--inh-caps=+dac_override", "--ambient-caps=+dac_override"] : [];
  return ["setpriv", ...identityArguments, ...passage, "--pdeathsig=TERM", ...program];
}

function isBarred(directory: string, account: RunningAccount): boolean {
  const { mode, uid } = statSync(directory);
  const open = (mode & 0o001) !== 0 || uid === account.uid;
  const parent = dirname(directory);
  return !open || (parent !== directory && isBarred(parent, account));
}

function identity(flag: string, whom: readonly string[]): string {
  return execFileSync("id", [flag, ...whom], { encoding: "utf8" }).trim();
}
