import type { MigrationId } from "../../shared/contract/ids.ts";
import { PasswordRun } from "../../shared/contract/password-run.ts";
import type { PasswordRunStore } from "../../shared/ports/password-run-store.ts";

/** Runs of password files in memory; what is written is parsed, as what is read back would be. */
export class FakePasswordRunStore implements PasswordRunStore {
  readonly #runs = new Map<string, PasswordRun>();

  async get(id: MigrationId, file: string): Promise<PasswordRun | null> {
    return structuredClone(this.#runs.get(`${id} ${file}`) ?? null);
  }

  async put(run: PasswordRun): Promise<void> {
    this.#runs.set(`${run.migrationId} ${run.upload.file}`, PasswordRun.parse(run));
  }
}
