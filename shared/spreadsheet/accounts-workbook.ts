import { MailferryError } from "../contract/errors.ts";
import { type ColumnDefinition, directoryColumns, memberColumns, publicColumns } from "./columns.ts";
import { sheetNames, sheetsByKind } from "./sheets.ts";
import { readTable, type Table } from "./table.ts";
import type { Sheet } from "./workbook.ts";

export type MemberColumn = keyof typeof memberColumns;
export type PublicColumn = keyof typeof publicColumns;
export type DirectoryColumn = keyof typeof directoryColumns;

/** The accounts workbook with its columns recognised and nothing yet judged. */
export interface AccountsWorkbook {
  readonly members: Table<MemberColumn>;
  readonly publicMailboxes: Table<PublicColumn>;
  /** Null when the workbook has no such sheet. */
  readonly directory: Table<DirectoryColumn> | null;
}

/**
 * Recognises the three sheets. Either list of mailboxes may be left out, not both.
 *
 * @throws SheetMissing, SheetRepeated, ColumnMissing, ColumnRepeated
 */
export const readAccountsWorkbook = (sheets: readonly Sheet[], file: string): AccountsWorkbook => {
  const { members, publicMailboxes, directory } = sheetsByKind(sheets, file);
  if (members === undefined && publicMailboxes === undefined)
    throw new MailferryError("SheetMissing", { file, sheet: sheetNames.members });
  const tableOf = <Column extends string>(
    sheet: Sheet | undefined,
    name: string,
    columns: Readonly<Record<Column, ColumnDefinition>>,
  ) => readTable(sheet ?? { name, rows: [] }, columns, file);
  return {
    members: tableOf<MemberColumn>(members, sheetNames.members, memberColumns),
    publicMailboxes: tableOf<PublicColumn>(publicMailboxes, sheetNames.publicMailboxes, publicColumns),
    directory:
      directory === undefined
        ? null
        : tableOf<DirectoryColumn>(directory, sheetNames.directory, directoryColumns),
  };
};
