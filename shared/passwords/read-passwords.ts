import { MailferryError } from "../contract/errors.ts";
import type { OpenSheet, WorkbookReader } from "../ports/workbook-reader.ts";
import { foldLabel, trimmedCell } from "../spreadsheet/fold.ts";
import { recognisedColumns } from "../spreadsheet/header.ts";
import { type SheetKind, sheetKind, sheetNames } from "../spreadsheet/sheets.ts";
import { readTable, type Table, type TableRow } from "../spreadsheet/table.ts";
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
 * @throws WorkbookUnreadable, AccountsFileGiven, SheetMissing, SheetRepeated, ColumnMissing, ColumnRepeated
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
  if (first !== undefined) return readTable<PasswordColumn>(await first.read(), passwordColumns, file);
  if (isAccountsWorkbook(sheets)) throw new MailferryError("AccountsFileGiven", { file });
  const sheet = await sheetByHeaders(sheets);
  if (sheet === null) throw new MailferryError("SheetMissing", { file, sheet: passwordSheetName });
  const table = readTable<PasswordColumn>(sheet, passwordColumns, file);
  if (table.rows.some(isMemberWithoutMailbox)) throw new MailferryError("AccountsFileGiven", { file });
  return table;
};

const names: ReadonlySet<string> = new Set(passwordSheetAliases.map(foldLabel));

const isNamedSo = ({ name, isNamed }: OpenSheet): boolean => isNamed && names.has(foldLabel(name));

/**
 * The sheets' names tell: either list of mailboxes as the template calls it, or two of its sheets by whatever name. A single `Users`
 * may as well be somebody's list of passwords.
 */
const isAccountsWorkbook = (sheets: readonly OpenSheet[]): boolean => {
  const kinds = new Set<SheetKind>();
  for (const { name, isNamed } of sheets) {
    const kind = isNamed ? sheetKind(name) : null;
    if (kind === null) continue;
    kinds.add(kind);
    if (kind !== "directory" && foldLabel(name) === foldLabel(sheetNames[kind])) return true;
  }
  return kinds.size > 1;
};

/** Only the accounts template has rows of members who have no mailbox; a file of passwords has an address in each. */
const isMemberWithoutMailbox = (row: TableRow<PasswordColumn>): boolean =>
  trimmedCell(row.text("memberId")) !== "" &&
  trimmedCell(row.text("address")) === "" &&
  trimmedCell(row.text("sourcePassword")) === "";

const sheetByHeaders = async (sheets: readonly OpenSheet[]): Promise<Sheet | null> => {
  for (const sheet of sheets.slice(0, lookedInto)) {
    const content = await sheet.read();
    const { columns } = recognisedColumns<PasswordColumn>(content, passwordColumns);
    if (columns.has("address") && columns.has("sourcePassword")) return content;
  }
  return null;
};
