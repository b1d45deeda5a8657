import type { CellContent, SheetContent } from "../ports/workbook-writer.ts";
import type { FormColumn } from "../spreadsheet/form-columns.ts";
import type { RowError } from "../spreadsheet/row-errors.ts";
import type { Table, TableRow } from "../spreadsheet/table.ts";
import { bothReasons, withoutNote } from "./error-cell.ts";

/** A row that could not be used, with what is wrong with it. */
export interface RejectedRow<Column extends string> {
  readonly row: TableRow<Column>;
  readonly errors: readonly RowError[];
}

/** The rows of a table that any of the errors is about. */
export const rejectedRows = <Column extends string>(
  table: Table<Column>,
  errors: readonly RowError[],
): readonly RejectedRow<Column>[] => {
  const byRow = Map.groupBy(
    errors.filter(({ sheet }) => sheet === table.sheet.slice(0, 100)),
    ({ row }) => row,
  );
  return table.rows.flatMap((row) => {
    const own = byRow.get(row.number);
    return own === undefined ? [] : [{ row, errors: own }];
  });
};

/** Whether an error is about this column. */
export const isAt = <Column extends string>(error: RowError, table: Table<Column>, column: Column): boolean =>
  error.column === table.header(column).slice(0, 200);

/** How rejected rows are written. */
export interface ErrorsForm<Column extends string> {
  readonly name: string;
  readonly instructions: readonly string[];
  readonly columns: readonly FormColumn<Column>[];
  /** A cell of an uploaded row; it never comes out with a password in it. */
  readonly cell: (column: Column, uploaded: string, errors: readonly RowError[]) => CellContent;
}

/** Rejected rows as a sheet that is mended and uploaded again: the cells at fault marked, and behind them where each row stood and why it is here. */
export const errorsSheet = <Column extends string>(
  { name, instructions, columns, cell }: ErrorsForm<Column>,
  table: Table<Column>,
  rows: readonly RejectedRow<Column>[],
): SheetContent => ({
  name,
  instructions,
  columns: [
    ...columns,
    { header: "原文件行号 / Row in the file", width: 28 },
    { header: "未导入的原因 / Why it was not imported", width: 80, wraps: true },
  ],
  rows: each(rows, ({ row, errors }, index) => [
    ...columns
      .map(({ column }) => {
        const own = errors.filter((error) => isAt(error, table, column));
        return cell(column, row.text(column), own);
      })
      .map((written) => (index < rowsWithNotes ? written : withoutNote(written))),
    String(row.number),
    errors.map((error) => `${nameOf(error, table, columns)}：${bothReasons(error)}`).join(" ｜ "),
  ]),
});

/** What this workbook calls the column of an error; the file may have called it otherwise. */
const nameOf = <Column extends string>(
  error: RowError,
  table: Table<Column>,
  columns: readonly FormColumn<Column>[],
): string =>
  columns.find(({ column }) => isAt(error, table, column))?.header.replace("*", "") ?? error.column;

/** Notes are drawings, which Excel is slow with; the reasons' column has them for every row. */
const rowsWithNotes = 2_000;

async function* each<Item>(
  items: readonly Item[],
  toRow: (item: Item, index: number) => readonly CellContent[],
): AsyncGenerator<readonly CellContent[]> {
  for (const [index, item] of items.entries()) yield toRow(item, index);
}
