import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { extname } from "node:path";
import type { MigrationId } from "../../../shared/contract/ids.ts";
import type { EndedImportRun } from "../../../shared/contract/import-run.ts";
import { finishesAccounts, objectKeys } from "../../../shared/contract/objects.ts";
import { keys } from "../../../shared/contract/table.ts";
import type { Pipeline } from "./pipeline.ts";
import { importMissing, uploadAndAwait } from "./upload-and-await.ts";

/** A workbook as it is uploaded. */
export interface AccountsFile {
  readonly file: string;
  readonly body: Uint8Array;
  /** By its content, so that the same workbook sent again is recognised as such. */
  readonly fileName: string;
}

export const readAccountsFile = async (file: string): Promise<AccountsFile> => {
  const body = await readFile(file);
  return { file, body, fileName: `accounts-${contentName(body)}${extname(file).toLowerCase()}` };
};

/**
 * Uploads the workbook and waits for what became of it; `isLast` ends the phase with it, if it brings an account. @throws Error when no import ends in time
 */
export const uploadAccounts = async (
  pipeline: Pick<Pipeline, "s3" | "imports" | "outputs" | "looksAt">,
  migrationId: MigrationId,
  { file, body, fileName }: AccountsFile,
  isLast: boolean,
): Promise<EndedImportRun> => {
  const run = await uploadAndAwait(pipeline, {
    key: objectKeys.accounts(migrationId, fileName),
    body,
    metadata: isLast ? finishesAccounts : {},
    record: keys.importRun(migrationId, fileName),
    newest: () => pipeline.imports.get(migrationId, fileName),
  });
  if (run === null) throw importMissing(file);
  return run;
};

/** A file's name by what is in it. */
export const contentName = (body: Uint8Array): string =>
  createHash("sha256").update(body).digest("hex").slice(0, 16);
