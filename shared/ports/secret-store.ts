import type { HeldSecret } from "../contract/secret-reference.ts";

/** Secrets of the settings (master passwords), by reference. */
export interface SecretStore {
  /** @throws SecretMissing when there is none under this ARN; being denied is thrown as it is, never as missing. */
  read(secret: HeldSecret): Promise<string>;
}
