import { PassThrough } from "node:stream";
import { buffer } from "node:stream/consumers";
import ExcelJS from "exceljs";
import type { SheetContent, WorkbookWriter } from "../../../shared/ports/workbook-writer.ts";
import { defused } from "./defused.ts";

/** Excel's own limit, the header among them. */
const rowsPerSheet = 1_048_576;

/** Writes workbooks with exceljs' streaming writer: a row is forgotten as soon as it is written. */
export const workbookWriter: WorkbookWriter = {
  write: async (sheets) => {
    const output = new PassThrough();
    const bytes = buffer(output);
    const workbook = new ExcelJS.stream.xlsx.WorkbookWriter({
      stream: output,
      useStyles: true,
      useSharedStrings: false,
    });
    try {
      for (const sheet of sheets) await writeSheet(workbook, sheet);
      await workbook.commit();
    } catch (error) {
      output.destroy();
      await bytes.catch(() => undefined);
      throw error;
    }
    return bytes;
  },
};

const writeSheet = async (
  workbook: ExcelJS.stream.xlsx.WorkbookWriter,
  { name, columns, rows }: SheetContent,
): Promise<void> => {
  const sheet = workbook.addWorksheet(name, { views: [{ state: "frozen", ySplit: 1 }] });
  sheet.columns = columns.map(({ width }) => ({ width, style: { numFmt: "@" } }));
  const header = sheet.addRow(columns.map((column) => column.header));
  header.font = { bold: true };
  header.commit();
  let written = 1;
  for await (const row of rows) {
    if (written === rowsPerSheet - 1) {
      sheet.addRow(["… 已达 Excel 行数上限 / Excel's limit of rows is reached"]).commit();
      break;
    }
    writeRow(sheet, row);
    written += 1;
  }
  sheet.commit();
};

/** Counts stay numbers, so that they can be summed; the columns' text format is for everything else. */
const writeRow = (sheet: ExcelJS.Worksheet, values: readonly (string | number)[]): void => {
  const row = sheet.addRow(values.map((value) => (typeof value === "string" ? defused(value) : value)));
  for (const [index, value] of values.entries())
    if (typeof value === "number") row.getCell(index + 1).numFmt = "#,##0";
  row.commit();
};
