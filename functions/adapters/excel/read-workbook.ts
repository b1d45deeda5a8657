import { MailferryError } from "../../../shared/contract/errors.ts";
import type { WorkbookReader } from "../../../shared/ports/workbook-reader.ts";
import type { Sheet } from "../../../shared/spreadsheet/workbook.ts";
import { readDateStyles } from "./date-styles.ts";
import { requireWorkbookFile } from "./file-kind.ts";
import { limits } from "./limits.ts";
import { PackageParts } from "./package-parts.ts";
import { readSharedStrings } from "./shared-strings.ts";
import { SheetRows } from "./sheet-rows.ts";
import { Unreadable } from "./unreadable.ts";
import { readOutline } from "./workbook-outline.ts";

/**
 * Reads `.xlsx` workbooks part by part, so that memory follows what is kept and not what is zipped.
 *
 * It does not go through exceljs, whose streaming reader decodes each piece of a part by itself and so destroys Chinese
 * characters at the seams (exceljs issue 2063), takes phonetic guides for the text and finds sheets only under one spelling of
 * their path; and whose other reader holds a million empty rows in memory.
 */
export const workbookReader: WorkbookReader = {
  read: async (bytes, file, isWanted) => {
    try {
      return await readSheets(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), isWanted);
    } catch (error) {
      if (!(error instanceof Unreadable)) throw error;
      throw new MailferryError("WorkbookUnreadable", { file, reason: error.message }, { cause: error });
    }
  },
};

const readSheets = async (bytes: Buffer, isWanted: (name: string) => boolean): Promise<readonly Sheet[]> => {
  requireWorkbookFile(bytes);
  const parts = new PackageParts(bytes);
  const outline = await readOutline(parts);
  const context = {
    sharedStrings: await readSharedStrings(parts, outline.sharedStrings),
    dateStyles: await readDateStyles(parts, outline.styles),
    from1904: outline.from1904,
  };
  const allowance = { rows: limits.rows, cells: limits.cells };
  const sheets: Sheet[] = [];
  for (const { name, part } of outline.sheets) {
    if (!isWanted(name)) continue;
    const content = new SheetRows(context, allowance);
    await parts.read(part, content, limits.sheet);
    sheets.push({ name, rows: content.rows });
  }
  return sheets;
};
