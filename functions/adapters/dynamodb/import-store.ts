import { ImportRun } from "../../../shared/contract/import-run.ts";
import { keys } from "../../../shared/contract/table.ts";
import type { ImportStore } from "../../../shared/ports/import-store.ts";
import type { StateTable } from "./state-table.ts";

/** Import runs in the state table. */
export const dynamoImportStore = (table: StateTable): ImportStore => ({
  get: (id, file) => table.get(keys.importRun(id, file), ImportRun),
  put: (run) => table.put(keys.importRun(run.migrationId, run.upload.file), run),
  remove: (id, file) => table.remove(keys.importRun(id, file)),
  hasAny: async (id) => (await table.page(keys.imports(id), ImportRun, 1)).records.length > 0,
  list: (id) => table.all(keys.imports(id), ImportRun),
});
