import type { MailAddress, MigrationId } from "../../shared/contract/ids.ts";
import type { CredentialKey, CredentialVault, KeptPassword } from "../../shared/ports/credential-vault.ts";

/** Passwords in memory. */
export class FakeCredentialVault implements CredentialVault {
  readonly #held = new Map<string, { readonly key: CredentialKey; readonly password: string }>();

  /** How many passwords are held for a migration. */
  count(id: MigrationId): number {
    return [...this.#held.values()].filter(({ key }) => key.migrationId === id).length;
  }

  async keep(key: CredentialKey, password: string): Promise<void> {
    this.#held.set(nameOf(key), { key, password });
  }

  async keepAll(migrationId: MigrationId, passwords: readonly KeptPassword[]): Promise<void> {
    for (const { address, side, password } of passwords)
      this.#held.set(nameOf({ migrationId, address, side }), {
        key: { migrationId, address, side },
        password,
      });
  }

  async open(key: CredentialKey): Promise<string | null> {
    return this.#held.get(nameOf(key))?.password ?? null;
  }

  async isHeld(key: CredentialKey): Promise<boolean> {
    return this.#held.has(nameOf(key));
  }

  async destroy(key: CredentialKey): Promise<void> {
    this.#held.delete(nameOf(key));
  }

  async destroyUnless(id: MigrationId, belongs: (address: MailAddress) => boolean): Promise<void> {
    for (const [name, { key }] of this.#held)
      if (key.migrationId === id && !belongs(key.address)) this.#held.delete(name);
  }

  async destroyAll(id: MigrationId): Promise<void> {
    for (const [name, { key }] of this.#held) if (key.migrationId === id) this.#held.delete(name);
  }
}

const nameOf = ({ migrationId, address, side }: CredentialKey): string => `${migrationId} ${address} ${side}`;
