import type { SheetContent } from "../ports/workbook-writer.ts";
import type { AccountsWorkbook } from "../spreadsheet/accounts-workbook.ts";
import { trimmedCell } from "../spreadsheet/fold.ts";
import { memberFormColumns, publicFormColumns } from "../spreadsheet/form-columns.ts";
import type { RowError } from "../spreadsheet/row-errors.ts";
import { sheetNames } from "../spreadsheet/sheets.ts";
import type { Table } from "../spreadsheet/table.ts";
import { directorySheet, membersToCome, referenceSheet } from "./accounts-template.ts";
import type { Directory } from "./directory.ts";
import { errorCell } from "./error-cell.ts";
import { errorsSheet, isAt, type RejectedRow, rejectedRows } from "./errors-sheet.ts";

/** What was uploaded, and what is wrong with it. */
export interface RejectedRows {
  readonly workbook: AccountsWorkbook;
  readonly directory: Directory;
  /** The directory is the workbook's own third sheet, which may itself be what has to be mended. */
  readonly isDirectoryTheirs: boolean;
  readonly domain: string;
  readonly errors: readonly RowError[];
}

/**
 * The rows that could not be used, as a workbook that is mended and uploaded again: the cells at fault marked, each with its
 * reason, and never a password in it. A password cell comes out empty, which keeps what is held, or marked when the upload gave
 * one, which nobody holds now.
 */
export const errorsWorkbook = ({
  workbook,
  directory,
  isDirectoryTheirs,
  domain,
  errors,
}: RejectedRows): readonly SheetContent[] => {
  const { members, publicMailboxes } = workbook;
  const memberRows = rejectedRows(members, errors);
  const publicRows = rejectedRows(publicMailboxes, errors);
  const form = { domain, members: directory.members.length + (isDirectoryTheirs ? membersToCome : 0) };
  const memberColumns = memberFormColumns({ ...form, has: (column) => isUsed(members, memberRows, column) });
  const publicColumns = publicFormColumns({
    ...form,
    has: (column) => isUsed(publicMailboxes, publicRows, column),
  });
  return [
    errorsSheet(
      { name: sheetNames.members, instructions, columns: memberColumns, cell: errorCell },
      members,
      memberRows,
    ),
    errorsSheet(
      { name: sheetNames.publicMailboxes, instructions, columns: publicColumns, cell: errorCell },
      publicMailboxes,
      publicRows,
    ),
    isDirectoryTheirs ? directorySheet(directory.members) : referenceSheet(directory.members),
  ];
};

/** Whether an optional column says anything, or is complained of. */
const isUsed = <Column extends string>(
  table: Table<Column>,
  rows: readonly RejectedRow<Column>[],
  column: Column,
): boolean =>
  rows.some(
    ({ row, errors }) =>
      trimmedCell(row.text(column)) !== "" || errors.some((error) => isAt(error, table, column)),
  );

const instructions = [
  "以下各行未能导入：请修改标红的单元格（鼠标悬停可见原因），保存后上传本文件即可。已导入的行不在此文件中，也不受影响。",
  "出于安全，此文件不含密码：标黄的密码请重新填写；留空则沿用已有的密码。原因中的行号均指原文件的行。",
  "These rows could not be imported: mend the red cells (their notes say why), save, and upload this file. Rows that were imported are",
  "not in it and stay as they are. It holds no passwords: type those again whose cells are yellow; an empty cell keeps the password that",
  "is held. Row numbers in the reasons are those of the file that was uploaded.",
];
