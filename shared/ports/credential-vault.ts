import type { MailAddress, MigrationId } from "../contract/ids.ts";
import type { Side } from "./mail-server.ts";

/** Whose password, for which end. It is the encryption context, so a ciphertext moved to another mailbox cannot be opened. */
export interface CredentialKey {
  readonly migrationId: MigrationId;
  readonly address: MailAddress;
  readonly side: Side;
}

/** Mailbox passwords, encrypted with a data key of KMS for each. */
export interface CredentialVault {
  keep(key: CredentialKey, password: string): Promise<void>;
  /** Null when none is held. One that is held but cannot be opened is an error, never null. */
  open(key: CredentialKey): Promise<string | null>;
  isHeld(key: CredentialKey): Promise<boolean>;
  /** Destroys every credential of a migration. */
  destroyAll(id: MigrationId): Promise<void>;
}
