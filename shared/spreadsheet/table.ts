import type { ColumnDefinition } from "./columns.ts";
import { findHeader, type Header } from "./header.ts";
import type { Sheet, SheetRow } from "./workbook.ts";

/** One row of a sheet by columns. A class, because 100,000 rows would otherwise hold as many functions. */
export class TableRow<Column extends string> {
  readonly number: number;
  readonly #cells: SheetRow["cells"];
  readonly #formulas: SheetRow["formulas"];
  readonly #columns: Header<Column>["columns"];

  constructor({ number, cells, formulas }: SheetRow, columns: Header<Column>["columns"]) {
    this.number = number;
    this.#cells = cells;
    this.#formulas = formulas;
    this.#columns = columns;
  }

  /** The cell's text; empty for a blank cell and for a column that the sheet does not have. */
  text(column: Column): string {
    const found = this.#columns.get(column);
    return found === undefined ? "" : (this.#cells[found.index] ?? "");
  }

  /** Whether the sheet has such a column. */
  has(column: Column): boolean {
    return this.#columns.has(column);
  }

  /** Whether the text is what a formula came to. */
  isFormula(column: Column): boolean {
    const found = this.#columns.get(column);
    return found !== undefined && this.#formulas?.includes(found.index) === true;
  }
}

/** A sheet whose columns have been recognised. */
export interface Table<Column extends string> {
  readonly sheet: string;
  readonly rows: readonly TableRow<Column>[];
  /** What the file calls a column, or the template's header for one it does not have. */
  header(column: Column): string;
}

/**
 * The rows below the header, cells by column. A sheet without any text is a table without rows.
 *
 * @throws ColumnMissing, ColumnRepeated
 */
export const readTable = <Column extends string>(
  sheet: Sheet,
  definitions: Readonly<Record<Column, ColumnDefinition>>,
  file: string,
): Table<Column> => {
  const { position, columns } =
    sheet.rows.length === 0 ? emptyHeader<Column>() : findHeader(sheet, definitions, file);
  const indexes = [...columns.values()].map(({ index }) => index);
  return {
    sheet: sheet.name,
    header: (column) => columns.get(column)?.header ?? definitions[column].header,
    rows: sheet.rows
      .slice(position + 1)
      .filter(({ cells }) => indexes.some((index) => (cells[index] ?? "") !== ""))
      .map((row) => new TableRow(row, columns)),
  };
};

const emptyHeader = <Column extends string>(): Header<Column> => ({ position: 0, columns: new Map() });
