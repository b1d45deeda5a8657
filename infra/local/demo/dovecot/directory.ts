import { chown, lchown, mkdir, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { DovecotOptions, MasterUser, TokenCheck } from "./options.ts";
import type { RunningAccount } from "./running-account.ts";

/** Lays out an instance's directory: the accounts' files and a place for mail, all owned by the running account. */
export async function prepareDirectory(options: DovecotOptions, account: RunningAccount): Promise<void> {
  const { directory, masterUser, oauth2 } = options;
  await mkdir(join(directory, "mail"), { recursive: true });
  await writeSecret(join(directory, "users"), passwordFile(options.accounts));
  if (masterUser !== undefined) await writeSecret(join(directory, "masters"), passwordFile([masterUser]));
  if (oauth2 !== undefined) await writeSecret(join(directory, "oauth2.conf"), tokenCheck(oauth2));
  if (account.dropsRoot) await giveTo(account, directory);
}

/** Setting names: https://doc.dovecot.org/2.3/configuration_manual/authentication/oauth2/ */
function tokenCheck({ tokenInfoUrl, attribute, opens }: TokenCheck): string {
  return [
    `tokeninfo_url = ${tokenInfoUrl}`,
    `username_attribute = ${attribute}`,
    // Both names are written in this form before they are compared: a constant makes any two the same.
    ...(opens === "every account" ? ["username_format = anyone"] : []),
    "",
  ].join("\n");
}

/**
 * The instance's directory and what lies directly in it and in its parts. Mail below that was made by the
 * account itself and is left alone: walking it would take longer than starting the server.
 */
async function giveTo(account: RunningAccount, directory: string): Promise<void> {
  await chown(directory, account.uid, account.gid);
  for (const entry of await readdir(directory, { withFileTypes: true })) {
    const path = join(directory, entry.name);
    await lchown(path, account.uid, account.gid);
    if (entry.isDirectory() && entry.name === "tls") await giveTo(account, path);
  }
}

async function writeSecret(path: string, text: string): Promise<void> {
  await writeFile(path, text, { mode: 0o600 });
}

/**
 * The passwd-file format, `user:{scheme}password`, https://doc.dovecot.org/2.3/configuration_manual/authentication/passwd_file/.
 * Base64, because a password may hold the colon that ends the field.
 */
function passwordFile(accounts: readonly MasterUser[]): string {
  return accounts.map(({ user, password }) => `${checked(user)}:{PLAIN.b64}${base64(password)}\n`).join("");
}

function checked(user: string): string {
  if (/[:\s/%*]/.test(user)) throw new Error(`Not a user name for Dovecot: ${JSON.stringify(user)}`);
  return user.toLowerCase();
}

function base64(text: string): string {
  return Buffer.from(text, "utf8").toString("base64");
}
