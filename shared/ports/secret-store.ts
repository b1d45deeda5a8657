import type { HeldSecret } from "../contract/secret-reference.ts";

/** Secrets of the settings (master passwords), by reference. */
export interface SecretStore {
  /**
   * May have been kept for a while; one that a server would not take, `refused`, is read anew, because it may be mended by now.
   * @throws SecretMissing when there is none under this ARN; being denied is thrown as it is, never as missing.
   */
  read(secret: HeldSecret, refused?: string): Promise<string>;
}
