import type { MigrationId } from "../contract/ids.ts";
import type { PasswordRun } from "../contract/password-run.ts";

/** What became of uploaded files of passwords, the newest run under each file name. */
export interface PasswordRunStore {
  get(id: MigrationId, file: string): Promise<PasswordRun | null>;
  put(run: PasswordRun): Promise<void>;
}
