import type { MigrationId } from "../../shared/contract/ids.ts";
import { ImportRun } from "../../shared/contract/import-run.ts";
import type { ImportStore } from "../../shared/ports/import-store.ts";

/** Import runs in memory; what is written is parsed, as what is read back would be. */
export class FakeImportStore implements ImportStore {
  readonly #runs = new Map<string, ImportRun>();

  async get(id: MigrationId, file: string): Promise<ImportRun | null> {
    return structuredClone(this.#runs.get(`${id} ${file}`) ?? null);
  }

  async put(run: ImportRun): Promise<void> {
    this.#runs.set(`${run.migrationId} ${run.upload.file}`, ImportRun.parse(run));
  }

  async remove(id: MigrationId, file: string): Promise<void> {
    this.#runs.delete(`${id} ${file}`);
  }

  async hasAny(id: MigrationId): Promise<boolean> {
    return (await this.list(id)).length > 0;
  }

  async list(id: MigrationId): Promise<readonly ImportRun[]> {
    return structuredClone([...this.#runs.values()].filter(({ migrationId }) => migrationId === id));
  }
}
