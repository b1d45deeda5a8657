import type { MigrationId } from "../contract/ids.ts";
import type { ImportRun } from "../contract/import-run.ts";

/** What became of every uploaded workbook, by file name. */
export interface ImportStore {
  get(id: MigrationId, file: string): Promise<ImportRun | null>;
  put(run: ImportRun): Promise<void>;
  /** Forgets a file's run; one that is not there is no error. */
  remove(id: MigrationId, file: string): Promise<void>;
  /** Whether the migration has a run, of whatever file: without one nothing was ever imported, or all of it has been cleared away. */
  hasAny(id: MigrationId): Promise<boolean>;
  /** All runs of a migration, ascending by file name. */
  list(id: MigrationId): Promise<readonly ImportRun[]>;
}
