import { MailferryError } from "../contract/errors.ts";
import type { ColumnDefinition } from "./columns.ts";
import { foldLabel, foldLabelWithoutRemark, proseCell } from "./fold.ts";
import type { Sheet, SheetRow } from "./workbook.ts";

/** A recognised column: where it stands and what the file calls it. */
export interface FoundColumn {
  /** From zero. */
  readonly index: number;
  readonly header: string;
  /** Whether it was recognised by a word that others may use too. */
  readonly isLoose: boolean;
}

/** The header row of a sheet: its place among the sheet's rows and the columns recognised in it. */
export interface Header<Column extends string> {
  readonly position: number;
  readonly columns: ReadonlyMap<Column, FoundColumn>;
}

/** Above the headers there may be a title or instructions, but not a whole page. */
const rowsSearched = 20;

/**
 * Finds the header row by its words: the row among the first that names the most of our columns. Columns may stand
 * anywhere and others may stand between them.
 *
 * @throws ColumnMissing naming the first required column that no header stands for
 * @throws ColumnRepeated when two headers mean the same, because picking one might pick the wrong password
 */
export const findHeader = <Column extends string>(
  sheet: Sheet,
  definitions: Readonly<Record<Column, ColumnDefinition>>,
  file: string,
): Header<Column> => {
  const { position, columns: found } = recognisedColumns(sheet, definitions);
  const columns = new Map<Column, FoundColumn>();
  for (const [column, definition] of entriesOf(definitions)) {
    const [first, second] = mostSpecific(found.get(column) ?? []);
    if (first === undefined) {
      if (definition.required) throw missing(sheet, file, definition.header);
    } else if (second !== undefined) {
      throw new MailferryError("ColumnRepeated", { file, sheet: sheet.name, column: first.header });
    } else {
      columns.set(column, first);
    }
  }
  return { position, columns };
};

/** The row that names the most columns, with every header that may stand for each. */
export const recognisedColumns = <Column extends string>(
  sheet: Sheet,
  definitions: Readonly<Record<Column, ColumnDefinition>>,
): { readonly position: number; readonly columns: ReadonlyMap<Column, readonly FoundColumn[]> } => {
  const meanings = meaningsOf(definitions);
  let best = { position: 0, columns: new Map<Column, FoundColumn[]>() };
  for (const [position, row] of sheet.rows.slice(0, rowsSearched).entries()) {
    const columns = recognised(row, meanings);
    if (columns.size > best.columns.size) best = { position, columns };
  }
  return best;
};

const mostSpecific = (found: readonly FoundColumn[]): readonly FoundColumn[] => {
  const specific = found.filter(({ isLoose }) => !isLoose);
  return specific.length > 0 ? specific : found;
};

const missing = (sheet: Sheet, file: string, column: string) =>
  new MailferryError("ColumnMissing", { file, sheet: sheet.name, column });

interface Meaning<Column extends string> {
  readonly column: Column;
  readonly isLoose: boolean;
}

const recognised = <Column extends string>(
  row: SheetRow,
  meanings: ReadonlyMap<string, Meaning<Column>>,
): Map<Column, FoundColumn[]> => {
  const found = new Map<Column, FoundColumn[]>();
  for (const [index, cell] of row.cells.entries()) {
    if (cell === "" || cell.length > longestHeader) continue;
    const meaning = meanings.get(foldLabel(cell)) ?? meanings.get(foldLabelWithoutRemark(cell));
    if (meaning === undefined) continue;
    const { column, isLoose } = meaning;
    const header = proseCell(cell).replaceAll("*", "").trim();
    found.set(column, [...(found.get(column) ?? []), { index, header, isLoose }]);
  }
  return found;
};

const longestHeader = 100;

const meaningsOf = <Column extends string>(
  definitions: Readonly<Record<Column, ColumnDefinition>>,
): ReadonlyMap<string, Meaning<Column>> => {
  const meanings = new Map<string, Meaning<Column>>();
  for (const [column, { header, aliases, loose = [] }] of entriesOf(definitions)) {
    for (const label of loose) meanings.set(foldLabel(label), { column, isLoose: true });
    for (const label of [header, ...aliases]) meanings.set(foldLabel(label), { column, isLoose: false });
  }
  return meanings;
};

/** The definitions' entries with their keys' own type, which `Object.entries` forgets. */
const entriesOf = <Column extends string, Value>(
  record: Readonly<Record<Column, Value>>,
): [Column, Value][] => {
  const entries: [Column, Value][] = [];
  for (const column in record) entries.push([column, record[column]]);
  return entries;
};
