import { setImmediate as turn } from "node:timers/promises";
import type ExcelJS from "exceljs";
import type { CellContent, SheetContent } from "../../../shared/ports/workbook-writer.ts";
import { defused } from "./defused.ts";
import { headerRowOf, offerChoices, plainFont, writeHeader, writeInstructions } from "./sheet-form.ts";

/** Excel's own limit, the header among them. */
const rowsPerSheet = 1_048_576;

/** After so many rows the zip gets its turn, so that what is written does not pile up in memory. */
const rowsATurn = 100;

/** Writes one sheet of the workbook; `all` are its sheets, because choices may come from another. */
export const writeSheet = async (
  workbook: ExcelJS.stream.xlsx.WorkbookWriter,
  content: SheetContent,
  all: readonly SheetContent[],
): Promise<void> => {
  const sheet = workbook.addWorksheet(content.name, {
    views: [{ state: "frozen", ySplit: headerRowOf(content) }],
    pageSetup: { paperSize: a4, orientation: "landscape", fitToPage: true, fitToWidth: 1, fitToHeight: 0 },
  });
  sheet.columns = content.columns.map(({ width, isOpen, wraps }) => ({
    width,
    style: {
      numFmt: "@",
      ...(isOpen ? { protection: { locked: false } } : {}),
      ...(wraps ? { alignment: { wrapText: true, vertical: "top" } } : {}),
    },
  }));
  writeInstructions(sheet, content);
  writeHeader(sheet, content);
  let written = headerRowOf(content);
  for await (const row of content.rows) {
    if (written === rowsPerSheet - 1) {
      sheet.addRow(["… 已达 Excel 行数上限 / Excel's limit of rows is reached"]).commit();
      break;
    }
    writeRow(sheet, row);
    written += 1;
    if (written % rowsATurn === 0) await turn();
  }
  offerChoices(sheet, content, all, written);
  if (content.isProtected) await sheet.protect("", { formatColumns: true });
  sheet.commit();
};

const a4 = 9;

/** Counts stay numbers, so that they can be summed; the columns' text format is for everything else. */
const writeRow = (sheet: ExcelJS.Worksheet, values: readonly CellContent[]): void => {
  const row = sheet.addRow(values.map(plainValue));
  for (const [index, value] of values.entries()) {
    if (typeof value === "number") row.getCell(index + 1).numFmt = "#,##0";
    if (typeof value === "object") mark(row.getCell(index + 1), value);
  }
  row.commit();
};

/** A blank cell is none at all: it takes its column's format and hides no neighbour's text. */
const plainValue = (value: CellContent): string | number | null => {
  if (typeof value === "number") return value;
  const text = defused(typeof value === "string" ? value : value.text);
  return text === "" ? null : text;
};

const mark = (cell: ExcelJS.Cell, { mark: kind, note }: Exclude<CellContent, string | number>): void => {
  const { fill, font } = colours[kind];
  cell.fill = { type: "pattern", pattern: "solid", fgColor: { argb: fill } };
  cell.font = { ...plainFont, color: { argb: font } };
  if (note !== undefined) cell.note = defused(note);
};

/** Excel's own styles "Bad" and "Neutral". */
const colours = {
  wrong: { fill: "FFFFC7CE", font: "FF9C0006" },
  added: { fill: "FFFFEB9C", font: "FF9C5700" },
} as const;
