import { MailferryError } from "../contract/errors.ts";
import type { HeldSettings } from "../contract/settings.ts";
import type { ObjectStore } from "../ports/object-store.ts";
import type { WorkbookReader } from "../ports/workbook-reader.ts";
import { type AccountsWorkbook, readAccountsWorkbook } from "../spreadsheet/accounts-workbook.ts";
import { sheetKind, sheetNames } from "../spreadsheet/sheets.ts";
import { type Directory, parseDirectoryFile } from "./directory.ts";
import { directoryFromSheet } from "./sheet-directory.ts";

export interface ReadUploadPorts {
  readonly objects: Pick<ObjectStore, "read">;
  readonly workbooks: WorkbookReader;
}

/** A workbook of 100,000 accounts has some 10 MB; far larger ones are not read at all. Bytes. */
export const workbookBytesAtMost = 32 * 1024 * 1024;

/** A directory file of 500,000 members. Bytes. */
const directoryBytesAtMost = 64 * 1024 * 1024;

/**
 * The uploaded workbook with its columns recognised, and the directory its rows are held against.
 *
 * @throws WorkbookUnreadable, SheetMissing, SheetRepeated, ColumnMissing, ColumnRepeated, DirectoryUnreadable
 */
export const readUpload = async (
  app: ReadUploadPorts,
  bytes: Uint8Array,
  file: string,
  settings: Pick<HeldSettings, "directory">,
): Promise<{ readonly workbook: AccountsWorkbook; readonly directory: Directory }> => {
  const sheets = await app.workbooks.read(bytes, file, (name) => sheetKind(name) !== null);
  const workbook = readAccountsWorkbook(sheets, file);
  if (settings.directory.kind === "file")
    return { workbook, directory: await directoryFile(app, settings.directory.path) };
  if (workbook.directory === null)
    throw new MailferryError("SheetMissing", { file, sheet: sheetNames.directory });
  return { workbook, directory: directoryFromSheet(workbook.directory) };
};

const directoryFile = async ({ objects }: ReadUploadPorts, path: string): Promise<Directory> => {
  const bytes = await objects.read(path, directoryBytesAtMost);
  if (bytes === null) throw new MailferryError("DirectoryUnreadable", { path, reason: "it is not there" });
  return parseDirectoryFile(new TextDecoder().decode(bytes), path);
};
