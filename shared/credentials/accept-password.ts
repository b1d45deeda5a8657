import { type NoteVerifiedPorts, noteVerified } from "../accounts/note-verified.ts";
import { startAccounts } from "../accounts/start-accounts.ts";
import type { Account } from "../contract/account.ts";
import type { MailAddress, MigrationId } from "../contract/ids.ts";
import type { StoredError } from "../contract/stored-error.ts";
import type { CredentialVault } from "../ports/credential-vault.ts";
import { adviceFor, type Text } from "./app-password-advice.ts";
import { takesPasswords } from "./password-needed.ts";
import { type LoginServers, tryPassword } from "./try-password.ts";

export interface AcceptPasswordPorts extends NoteVerifiedPorts {
  readonly vault: Pick<CredentialVault, "keep" | "destroy">;
  readonly mailServers: LoginServers;
}

/** A password that somebody says is that of the old mailbox. */
export interface OfferedPassword {
  readonly migrationId: MigrationId;
  readonly address: MailAddress;
  readonly password: string;
  /** Who typed it in, and so whom the remedy speaks to. */
  readonly by: "member" | "operator";
}

/**
 * `refused`: the server said no, and `remedy` says what its provider may want instead. `tryLater`: nothing is known about the password.
 * `notAsked`: there is no such account, or its migration has no use for a password.
 */
export type Acceptance =
  | { readonly outcome: "accepted" }
  | { readonly outcome: "refused"; readonly error: StoredError; readonly remedy: Text }
  | { readonly outcome: "tryLater"; readonly error: StoredError }
  | { readonly outcome: "notAsked" };

/**
 * Tries a password at the source and, if it is right, keeps it in the vault and starts the mailbox where the migration copies
 * already. That it is right is marked last: until then the page asks again, so that a mailbox whose acceptance was cut off is not
 * taken for one that started. Doing it again does no harm. Nothing of it is kept anywhere but in the vault.
 *
 * @throws what the vault and the stores throw: a password that could not be kept is not accepted
 */
export const acceptPassword = async (
  app: AcceptPasswordPorts,
  { migrationId, address, password, by }: OfferedPassword,
): Promise<Acceptance> => {
  const migration = await app.migrations.get(migrationId);
  if (migration === null || !takesPasswords(migration)) return { outcome: "notAsked" };
  const account = await app.accounts.get(migrationId, address);
  if (account === null) return { outcome: "notAsked" };
  const { source } = migration.settings;
  const trial = await tryPassword(app, source, address, password);
  switch (trial.trial) {
    case "unknown":
      return { outcome: "tryLater", error: trial.error };
    case "wrong":
      return { outcome: "refused", error: trial.error, remedy: adviceFor(source)[by] };
    case "right":
      return keepAndStart(app, account, password);
  }
};

/** Who closes a migration or clears an account destroys what is held for it; what was kept in that very moment is destroyed here. */
const keepAndStart = async (
  app: AcceptPasswordPorts,
  account: Account,
  password: string,
): Promise<Acceptance> => {
  const { migrationId, address } = account;
  const key = { migrationId, address, side: "source" } as const;
  await app.vault.keep(key, password);
  if (await isStillAsked(app, account)) {
    await startAccounts(app, account, [address]);
    await noteVerified(app, account);
    if (await isStillAsked(app, account)) return { outcome: "accepted" };
  }
  await app.vault.destroy(key);
  return { outcome: "notAsked" };
};

const isStillAsked = async (
  { migrations, accounts }: AcceptPasswordPorts,
  { migrationId, address }: Account,
): Promise<boolean> => {
  const migration = await migrations.get(migrationId);
  return (
    migration !== null && takesPasswords(migration) && (await accounts.get(migrationId, address)) !== null
  );
};
