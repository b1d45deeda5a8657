import type ExcelJS from "exceljs";
import type { SheetContent } from "../../../shared/ports/workbook-writer.ts";
import { defused } from "./defused.ts";

/** Rows below the last one that are ready for more to be filled in. */
const spareRows = 10_000;

/** What cells without a font of their own have; one that names none would be shown in a font of the program's choice. */
export const plainFont = { name: "Calibri", family: 2, size: 11 } as const;

/** In which row the headers stand: the first, or the one below the instructions. */
export const headerRowOf = ({ instructions = [] }: Pick<SheetContent, "instructions">): number =>
  instructions.length + 1;

/**
 * A row for each line, which runs on over the empty cells beside it. Merged cells would be in the way of whoever sorts or moves
 * columns, and exceljs' streaming writer puts a sheet's protection after them, where Excel takes it for damage (ECMA-376 §18.3.1.99
 * has it before). They stand above the header, where whoever reads the sheet again looks past them.
 */
export const writeInstructions = (
  sheet: ExcelJS.Worksheet,
  { instructions = [], columns }: SheetContent,
): void => {
  for (const line of instructions) {
    const row = sheet.addRow([defused(line)]);
    for (const [index] of columns.entries()) {
      const cell = row.getCell(index + 1);
      cell.fill = solid("FFFFF8E1");
      cell.font = { ...plainFont, color: { argb: "FF5D4037" } };
    }
    row.commit();
  }
};

export const writeHeader = (sheet: ExcelJS.Worksheet, { columns }: SheetContent): void => {
  const row = sheet.addRow(columns.map(({ header }) => defused(header)));
  row.height = 22;
  for (const [index, { note, isRequired }] of columns.entries()) {
    const cell = row.getCell(index + 1);
    cell.font = { ...plainFont, bold: true, color: { argb: isRequired ? "FFC00000" : "FF1F3864" } };
    cell.fill = solid("FFDCE6F1");
    cell.alignment = { vertical: "middle" };
    cell.border = { bottom: { style: "thin", color: { argb: "FF8EA9DB" } } };
    if (note !== undefined) cell.note = defused(note);
  }
  row.commit();
};

/**
 * Cells offer what stands in another sheet's column; something else is kept after a warning, because a member may have joined
 * since. `lastRow` is the last one that is filled in.
 */
export const offerChoices = (
  sheet: ExcelJS.Worksheet,
  content: SheetContent,
  all: readonly SheetContent[],
  lastRow: number,
): void => {
  for (const [index, { choices }] of content.columns.entries()) {
    if (choices === undefined) continue;
    const source = all.find(({ name }) => name === choices.sheet);
    if (source === undefined) throw new Error(`There is no sheet ${choices.sheet} to choose from.`);
    const first = headerRowOf(source) + 1;
    const column = columnLetter(choices.column);
    const from = `'${choices.sheet.replaceAll("'", "''")}'!$${column}$${first}:$${column}$${first + choices.rows - 1}`;
    const own = columnLetter(index);
    sheet.dataValidations.add(`${own}${headerRowOf(content) + 1}:${own}${lastRow + spareRows}`, {
      type: "list",
      allowBlank: true,
      formulae: [from],
      showErrorMessage: true,
      errorStyle: "warning",
      errorTitle: "mailferry",
      error: choices.warning,
    });
  }
};

const columnLetter = (index: number): string => String.fromCharCode("A".charCodeAt(0) + index);

const solid = (argb: string): ExcelJS.Fill => ({ type: "pattern", pattern: "solid", fgColor: { argb } });
