import { isDeepStrictEqual } from "node:util";
import type { MigrationId } from "../../shared/contract/ids.ts";
import { Migration } from "../../shared/contract/migration.ts";
import type { WaitingPhase } from "../../shared/contract/phases.ts";
import type { MigrationStore } from "../../shared/ports/migration-store.ts";

/** The migrations in memory, with the real store's conditions; what is written is parsed, as what is read back would be. */
export class FakeMigrationStore implements MigrationStore {
  readonly #migrations = new Map<MigrationId, Migration>();

  /** Tokens that an earlier version has kept, by phase. */
  readonly earlierTokens = new Map<WaitingPhase, string>();

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

  async earlierTaskToken(_id: MigrationId, phase: WaitingPhase): Promise<string | null> {
    return this.earlierTokens.get(phase) ?? null;
  }
}
