import { MailferryError } from "../contract/errors.ts";
import type { OpenSheet, WorkbookReader } from "../ports/workbook-reader.ts";
import { foldLabel } from "../spreadsheet/fold.ts";
import { recognisedColumns } from "../spreadsheet/header.ts";
import { readTable, type Table } from "../spreadsheet/table.ts";
import type { Sheet } from "../spreadsheet/workbook.ts";
import {
  type PasswordColumn,
  passwordColumns,
  passwordSheetAliases,
  passwordSheetName,
} from "./password-columns.ts";

/** Sheets looked into when no name tells. */
const lookedInto = 20;

/**
 * The sheet of passwords in an upload, by its name or, as in a `.csv`, by its headers, with its columns recognised.
 * @throws WorkbookUnreadable, SheetMissing, SheetRepeated, ColumnMissing, ColumnRepeated
 */
export const readPasswords = async (
  { workbooks }: { readonly workbooks: WorkbookReader },
  bytes: Uint8Array,
  file: string,
): Promise<Table<PasswordColumn>> => {
  const sheets = await workbooks.open(bytes, file);
  const [first, second] = sheets.filter(isNamedSo);
  if (first !== undefined && second !== undefined)
    throw new MailferryError("SheetRepeated", { file, sheet: first.name, other: second.name });
  const sheet = first === undefined ? await sheetByHeaders(sheets) : await first.read();
  if (sheet === null) throw new MailferryError("SheetMissing", { file, sheet: passwordSheetName });
  return readTable<PasswordColumn>(sheet, passwordColumns, file);
};

const names: ReadonlySet<string> = new Set(passwordSheetAliases.map(foldLabel));

const isNamedSo = ({ name, isNamed }: OpenSheet): boolean => isNamed && names.has(foldLabel(name));

const sheetByHeaders = async (sheets: readonly OpenSheet[]): Promise<Sheet | null> => {
  for (const sheet of sheets.slice(0, lookedInto)) {
    const content = await sheet.read();
    const { columns } = recognisedColumns<PasswordColumn>(content, passwordColumns);
    if (columns.has("address") && columns.has("sourcePassword")) return content;
  }
  return null;
};
