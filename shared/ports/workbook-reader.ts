import type { Sheet } from "../spreadsheet/workbook.ts";

/** Reads what an admin uploads. The bytes are hostile until proven otherwise. */
export interface WorkbookReader {
  /**
   * The sheets whose names are wanted, in the workbook's order, every cell as text: numbers in full, a formula's last
   * result, rich text and links without their make-up, dates as ISO 8601.
   *
   * @throws WorkbookUnreadable for anything that is not an ordinary `.xlsx` within bounds; nothing else
   */
  read(bytes: Uint8Array, file: string, isWanted: (sheetName: string) => boolean): Promise<readonly Sheet[]>;
}
