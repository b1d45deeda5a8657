import { errorCell } from "../accounts/error-cell.ts";
import { errorsSheet, rejectedRows } from "../accounts/errors-sheet.ts";
import { mayBeShown } from "../accounts/unknown-member.ts";
import type { CellContent, SheetContent } from "../ports/workbook-writer.ts";
import type { RowError } from "../spreadsheet/row-errors.ts";
import type { Table } from "../spreadsheet/table.ts";
import { type PasswordColumn, passwordSheetName } from "./password-columns.ts";
import { passwordFormColumns } from "./password-form.ts";

/**
 * The rows of a file of passwords that could not be used, as a file of passwords that is mended and imported: the cells at fault
 * marked, each with its reason, and never a password in it. It has the columns that the upload had, because a cell that says
 * nothing where something is on record would be at fault the next time.
 */
export const passwordErrorsWorkbook = (
  table: Table<PasswordColumn>,
  errors: readonly RowError[],
): readonly SheetContent[] => {
  const rows = rejectedRows(table, errors);
  const columns = passwordFormColumns.filter(({ column }) => rows.some(({ row }) => row.has(column)));
  return [errorsSheet({ name: passwordSheetName, instructions, columns, cell }, table, rows)];
};

/** Where the address names no account, nobody knows what should stand in the account name's cell. */
const cell = (column: PasswordColumn, uploaded: string, errors: readonly RowError[]): CellContent =>
  column === "memberId" && !uploaded.split(/[;；]/u).every(mayBeShown)
    ? errorCell(column, "", errors)
    : errorCell(column, uploaded, errors);

const instructions = [
  "以下各行未能导入：请修改标红的单元格（鼠标悬停可见原因），保存后导入本文件即可。已导入的行不在此文件中，也不受影响。",
  "出于安全，此文件不含密码：标黄的密码请重新填写；留空则沿用已有的密码。原因中的行号均指原文件的行。",
  "These rows could not be imported: mend the red cells (their notes say why), save, and import this file. Rows that were imported are",
  "not in it and stay as they are. It holds no passwords: type those again whose cells are yellow; an empty cell keeps the password that",
  "is held. Row numbers in the reasons are those of the file that was imported.",
];
