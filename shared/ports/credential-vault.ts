import type { MailAddress, MigrationId } from "../contract/ids.ts";
import type { Side } from "./mail-server.ts";

/** Whose password, for which end. It is the encryption context, so a ciphertext moved to another mailbox cannot be opened. */
export interface CredentialKey {
  readonly migrationId: MigrationId;
  readonly address: MailAddress;
  readonly side: Side;
}

/** A password with where it belongs, inside its migration. */
export interface KeptPassword extends Pick<CredentialKey, "address" | "side"> {
  readonly password: string;
}

/** Mailbox passwords, encrypted with data keys of KMS. */
export interface CredentialVault {
  keep(key: CredentialKey, password: string): Promise<void>;
  /** Keeps many at once with few calls of KMS. Cut off in the middle, some are kept and the others as they were. */
  keepAll(id: MigrationId, passwords: readonly KeptPassword[]): Promise<void>;
  /** Null when none is held. One that is held but cannot be opened is an error, never null. */
  open(key: CredentialKey): Promise<string | null>;
  isHeld(key: CredentialKey): Promise<boolean>;
  /** Destroys one; destroying what is not held is no error. */
  destroy(key: CredentialKey): Promise<void>;
  /** Destroys the credentials of a migration but those of addresses that belong to it. */
  destroyUnless(id: MigrationId, belongs: (address: MailAddress) => boolean): Promise<void>;
  /** Destroys every credential of a migration. */
  destroyAll(id: MigrationId): Promise<void>;
}
