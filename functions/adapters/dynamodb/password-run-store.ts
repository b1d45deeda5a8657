import { PasswordRun } from "../../../shared/contract/password-run.ts";
import { keys } from "../../../shared/contract/table.ts";
import type { PasswordRunStore } from "../../../shared/ports/password-run-store.ts";
import type { StateTable } from "./state-table.ts";

/** Runs of password files in the state table. */
export const dynamoPasswordRunStore = (table: Pick<StateTable, "get" | "put">): PasswordRunStore => ({
  get: (id, file) => table.get(keys.passwordRun(id, file), PasswordRun),
  put: (run) => table.put(keys.passwordRun(run.migrationId, run.upload.file), run),
});
