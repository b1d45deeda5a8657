import { MailferryError } from "../contract/errors.ts";
import type { OpenSheet } from "../ports/workbook-reader.ts";
import { type ColumnDefinition, directoryColumns, memberColumns, publicColumns } from "./columns.ts";
import type { FoundSheets } from "./find-sheets.ts";
import { sheetNames } from "./sheets.ts";
import { readTable, type Table } from "./table.ts";

export type MemberColumn = keyof typeof memberColumns;
export type PublicColumn = keyof typeof publicColumns;
export type DirectoryColumn = keyof typeof directoryColumns;

/** The two lists of mailboxes with their columns recognised and nothing yet judged. */
export interface AccountsWorkbook {
  readonly members: Table<MemberColumn>;
  readonly publicMailboxes: Table<PublicColumn>;
}

/**
 * Reads the lists of mailboxes. Either may be left out, not both.
 *
 * @throws WorkbookUnreadable, SheetMissing, ColumnMissing, ColumnRepeated
 */
export const readMailboxLists = async (
  { members, publicMailboxes }: FoundSheets,
  file: string,
): Promise<AccountsWorkbook> => {
  if (members === undefined && publicMailboxes === undefined) throw noMailboxLists(file);
  return {
    members: await tableOf<MemberColumn>(members, sheetNames.members, memberColumns, file),
    publicMailboxes: await tableOf<PublicColumn>(
      publicMailboxes,
      sheetNames.publicMailboxes,
      publicColumns,
      file,
    ),
  };
};

/** What an upload without any list of mailboxes is refused with. */
export const noMailboxLists = (file: string) =>
  new MailferryError("SheetMissing", { file, sheet: sheetNames.members });

/** The lists of an upload that is meant to bring none: a `.csv` of the members' directory. */
export const noMailboxes = (file: string): AccountsWorkbook => ({
  members: readTable<MemberColumn>({ name: sheetNames.members, rows: [] }, memberColumns, file),
  publicMailboxes: readTable<PublicColumn>(
    { name: sheetNames.publicMailboxes, rows: [] },
    publicColumns,
    file,
  ),
});

/** Reads the sheet of the members' directory. @throws WorkbookUnreadable, ColumnMissing, ColumnRepeated */
export const readDirectorySheet = (sheet: OpenSheet, file: string): Promise<Table<DirectoryColumn>> =>
  tableOf<DirectoryColumn>(sheet, sheet.name, directoryColumns, file);

const tableOf = async <Column extends string>(
  sheet: OpenSheet | undefined,
  name: string,
  columns: Readonly<Record<Column, ColumnDefinition>>,
  file: string,
): Promise<Table<Column>> => readTable((await sheet?.read()) ?? { name, rows: [] }, columns, file);
