import { PassThrough } from "node:stream";
import { buffer } from "node:stream/consumers";
import type { WorkbookWriter } from "../../../shared/ports/workbook-writer.ts";
import { withFixedDates } from "./fixed-dates.ts";
import { writeSheet } from "./write-sheet.ts";

/** Writes workbooks with exceljs' streaming writer: a row is forgotten as soon as it is written. */
export const workbookWriter: WorkbookWriter = {
  write: async (sheets) => {
    // Loaded when it is needed: an import without errors writes nothing, and its function starts sooner so.
    const { default: ExcelJS } = await import("exceljs");
    const output = new PassThrough();
    const bytes = buffer(output);
    const workbook = new ExcelJS.stream.xlsx.WorkbookWriter({
      stream: output,
      useStyles: true,
      useSharedStrings: false,
    });
    workbook.creator = "mailferry";
    workbook.lastModifiedBy = "mailferry";
    workbook.created = firstDay;
    workbook.modified = firstDay;
    workbook.views = [window];
    try {
      for (const sheet of sheets) await writeSheet(workbook, sheet, sheets);
      await workbook.commit();
    } catch (error) {
      output.destroy();
      await bytes.catch(() => undefined);
      throw error;
    }
    return withFixedDates(await bytes);
  },
};

/** Sheets' views refer to a window by number (ECMA-376 §18.3.1.87), and exceljs writes none by itself. Twentieths of a point. */
const window = {
  x: 0,
  y: 0,
  width: 24_000,
  height: 14_000,
  firstSheet: 0,
  activeTab: 0,
  visibility: "visible",
} as const;

/** The moment of writing would make each file another one. */
const firstDay = new Date(0);
