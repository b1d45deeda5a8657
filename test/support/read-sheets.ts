import { workbookReader } from "../../functions/adapters/excel/read-workbook.ts";
import type { Sheet } from "../../shared/spreadsheet/workbook.ts";

/** The sheets of an upload whose names are wanted, with their rows. */
export const readSheets = async (
  bytes: Uint8Array,
  file: string,
  isWanted: (name: string) => boolean = () => true,
): Promise<readonly Sheet[]> => {
  const sheets: Sheet[] = [];
  for (const sheet of await workbookReader.open(bytes, file))
    if (isWanted(sheet.name)) sheets.push(await sheet.read());
  return sheets;
};
