import type { ImportRun } from "../contract/import-run.ts";
import { objectKeys } from "../contract/objects.ts";
import type { ObjectStore } from "../ports/object-store.ts";
import type { SheetContent, WorkbookWriter } from "../ports/workbook-writer.ts";
import { errorsWorkbook, type RejectedRows } from "./errors-workbook.ts";

export interface KeepErrorsPorts {
  readonly objects: Pick<ObjectStore, "write">;
  readonly workbookWriter: WorkbookWriter;
}

/**
 * Puts every row that could not be used where the admin fetches it, to be mended and uploaded again. Returns the object's key,
 * null when all rows were good. Written anew by each attempt at an import, and before the run's end is recorded.
 */
export const keepErrors = async (
  { objects, workbookWriter }: KeepErrorsPorts,
  { migrationId, upload }: Pick<ImportRun, "migrationId" | "upload">,
  rejected: RejectedRows,
): Promise<string | null> => {
  if (rejected.errors.length === 0) return null;
  const key = objectKeys.importErrors(migrationId, upload.file);
  await keepErrorsWorkbook({ objects, workbookWriter }, key, errorsWorkbook(rejected));
  return key;
};

/** Puts a workbook of rejected rows under its key. */
export const keepErrorsWorkbook = async (
  { objects, workbookWriter }: KeepErrorsPorts,
  key: string,
  sheets: readonly SheetContent[],
): Promise<void> => objects.write(key, await workbookWriter.write(sheets), workbookType);

const workbookType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
