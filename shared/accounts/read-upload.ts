import { MailferryError } from "../contract/errors.ts";
import { directoryBytesAtMost } from "../directory/limits.ts";
import type { ObjectStore } from "../ports/object-store.ts";
import type { WorkbookReader } from "../ports/workbook-reader.ts";
import {
  type AccountsWorkbook,
  noMailboxes,
  noMailboxLists,
  readDirectorySheet,
  readMailboxLists,
} from "../spreadsheet/accounts-workbook.ts";
import { type FoundSheets, findSheets } from "../spreadsheet/find-sheets.ts";
import { type Directory, parseDirectoryFile } from "./directory.ts";
import type { DirectoryPlace } from "./directory-place.ts";
import { directoryFromSheet } from "./sheet-directory.ts";

export interface ReadUploadPorts {
  readonly objects: Pick<ObjectStore, "read">;
  readonly workbooks: WorkbookReader;
}

/** A workbook of 100,000 accounts has some 10 MB; far larger ones are not read at all. Bytes. */
export const workbookBytesAtMost = 32 * 1024 * 1024;

/** An upload with its columns recognised, and the directory its rows are held against. */
export interface ReadUpload {
  readonly workbook: AccountsWorkbook;
  readonly directory: Directory;
  /** The upload brought the directory itself; it holds for later uploads that bring none. */
  readonly bringsDirectory: boolean;
}

/**
 * Reads an uploaded workbook, or a `.csv`, which is one of its sheets. The directory is read and reduced before the lists of
 * mailboxes, so that its rows do not lie in memory beside theirs.
 *
 * @throws WorkbookUnreadable, SheetMissing, SheetRepeated, ColumnMissing, ColumnRepeated, DirectoryUnreadable, DirectoryMissing
 */
export const readUpload = async (
  app: ReadUploadPorts,
  bytes: Uint8Array,
  file: string,
  place: DirectoryPlace,
): Promise<ReadUpload> => {
  const found = await findSheets(await app.workbooks.open(bytes, file), file);
  const bringsDirectory = place.kind === "sheet" && found.directory !== undefined;
  const isDirectoryAlone = bringsDirectory && found.directory?.isNamed === false;
  const directory = await directoryFor(app, found, file, place);
  const workbook = isDirectoryAlone ? noMailboxes(file) : await readMailboxLists(found, file);
  return { workbook, directory, bringsDirectory };
};

const directoryFor = async (
  app: ReadUploadPorts,
  { members, publicMailboxes, directory }: FoundSheets,
  file: string,
  { kind, path }: DirectoryPlace,
): Promise<Directory> => {
  if (kind === "sheet" && directory !== undefined)
    return directoryFromSheet(await readDirectorySheet(directory, file));
  const bytes = await app.objects.read(path, directoryBytesAtMost);
  if (bytes !== null) return parseDirectoryFile(new TextDecoder().decode(bytes), path);
  if (kind === "file") throw new MailferryError("DirectoryUnreadable", { path, reason: "it is not there" });
  // That there are no mailboxes either is the greater lack, and the one to be told.
  if (members === undefined && publicMailboxes === undefined) throw noMailboxLists(file);
  throw new MailferryError("DirectoryMissing", { file });
};
