import { basename, extname } from "node:path";
import { workbookUnreadable } from "../../../shared/contract/workbook-unreadable.ts";
import type { OpenSheet, WorkbookReader } from "../../../shared/ports/workbook-reader.ts";
import { readCsv } from "../csv/read-csv.ts";
import { readDateStyles } from "./date-styles.ts";
import { fileKind } from "./file-kind.ts";
import { KeptRows, wholeAllowance } from "./kept-rows.ts";
import { limits } from "./limits.ts";
import { PackageParts } from "./package-parts.ts";
import { readSharedStrings } from "./shared-strings.ts";
import { SheetRows } from "./sheet-rows.ts";
import { Unreadable } from "./unreadable.ts";
import { readOutline } from "./workbook-outline.ts";

/**
 * Reads `.csv` files, and `.xlsx` workbooks part by part, so that memory follows what is kept and not what is zipped.
 *
 * Workbooks do not go through exceljs, whose streaming reader decodes each piece of a part by itself and so destroys Chinese
 * characters at the seams (exceljs issue 2063), takes phonetic guides for the text and finds sheets only under one spelling of
 * their path; and whose other reader holds a million empty rows in memory.
 */
export const workbookReader: WorkbookReader = {
  open: async (bytes, file) =>
    naming(file, async () => {
      const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
      const sheets = fileKind(buffer, file) === "csv" ? openCsv(buffer, file) : await openWorkbook(buffer);
      return sheets.map((sheet) => ({ ...sheet, read: () => naming(file, () => sheet.read()) }));
    }),
};

const naming = async <Result>(file: string, read: () => Promise<Result>): Promise<Result> => {
  try {
    return await read();
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    throw workbookUnreadable(file, error.reason, error.detail, { cause: error });
  }
};

/** Its only sheet is called as Excel calls it: like the file. */
const openCsv = (bytes: Buffer, file: string): readonly OpenSheet[] => {
  const name = basename(file, extname(file));
  return [{ name, isNamed: false, read: async () => ({ name, rows: await readCsv(bytes) }) }];
};

const openWorkbook = async (bytes: Buffer): Promise<readonly OpenSheet[]> => {
  const parts = new PackageParts(bytes);
  const outline = await readOutline(parts);
  const context = {
    sharedStrings: await readSharedStrings(parts, outline.sharedStrings),
    dateStyles: await readDateStyles(parts, outline.styles),
    from1904: outline.from1904,
  };
  const allowance = wholeAllowance();
  return outline.sheets.map(({ name, part }) => ({
    name,
    isNamed: true,
    read: async () => {
      const kept = new KeptRows(allowance);
      await parts.read(part, new SheetRows(context, kept), limits.sheet);
      return { name, rows: kept.rows };
    },
  }));
};
