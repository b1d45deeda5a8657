import { isDeepStrictEqual } from "node:util";
import type { MigrationId } from "../../shared/contract/ids.ts";
import { ImportTurn } from "../../shared/contract/import-turn.ts";
import type { ImportTurns } from "../../shared/ports/import-turns.ts";

/** The turns in memory. */
export class FakeImportTurns implements ImportTurns {
  readonly #turns = new Map<MigrationId, ImportTurn>();

  async get(id: MigrationId): Promise<ImportTurn | null> {
    return this.#turns.get(id) ?? null;
  }

  async create(turn: ImportTurn): Promise<boolean> {
    if (this.#turns.has(turn.migrationId)) return false;
    this.#turns.set(turn.migrationId, ImportTurn.parse(turn));
    return true;
  }

  async replace(previous: ImportTurn, next: ImportTurn): Promise<boolean> {
    if (!isDeepStrictEqual(this.#turns.get(previous.migrationId), previous)) return false;
    this.#turns.set(next.migrationId, ImportTurn.parse(next));
    return true;
  }

  async remove(turn: ImportTurn): Promise<void> {
    if (isDeepStrictEqual(this.#turns.get(turn.migrationId), turn)) this.#turns.delete(turn.migrationId);
  }
}
