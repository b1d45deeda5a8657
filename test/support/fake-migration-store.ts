import { isDeepStrictEqual } from "node:util";
import type { MigrationId } from "../../shared/contract/ids.ts";
import { Migration } from "../../shared/contract/migration.ts";
import type { WaitingPhase } from "../../shared/contract/phases.ts";
import type { MigrationStore } from "../../shared/ports/migration-store.ts";

/** The migrations in memory, with the real store's conditions; what is written is parsed, as what is read back would be. */
export class FakeMigrationStore implements MigrationStore {
  readonly #migrations = new Map<MigrationId, Migration>();
  readonly #tokens = new Map<string, string>();

  async get(id: MigrationId): Promise<Migration | null> {
    return structuredClone(this.#migrations.get(id) ?? null);
  }

  async list(): Promise<readonly Migration[]> {
    return structuredClone([...this.#migrations.values()]);
  }

  async create(migration: Migration): Promise<boolean> {
    if (this.#migrations.has(migration.migrationId)) return false;
    this.#migrations.set(migration.migrationId, Migration.parse(migration));
    return true;
  }

  async replace(previous: Migration, next: Migration): Promise<boolean> {
    if (!isDeepStrictEqual(this.#migrations.get(previous.migrationId), Migration.parse(previous)))
      return false;
    this.#migrations.set(next.migrationId, Migration.parse(next));
    return true;
  }

  async putTaskToken(id: MigrationId, phase: WaitingPhase, taskToken: string): Promise<void> {
    this.#tokens.set(`${id} ${phase}`, taskToken);
  }

  async getTaskToken(id: MigrationId, phase: WaitingPhase): Promise<string | null> {
    return this.#tokens.get(`${id} ${phase}`) ?? null;
  }

  async deleteTaskToken(id: MigrationId, phase: WaitingPhase, taskToken: string): Promise<void> {
    const key = `${id} ${phase}`;
    if (this.#tokens.get(key) === taskToken) this.#tokens.delete(key);
  }
}
