import type { Sheet } from "../spreadsheet/workbook.ts";

/** A sheet of an upload whose rows have not been read yet. */
export interface OpenSheet {
  readonly name: string;
  /** False for a `.csv` file: it is one sheet, and its name says nothing. */
  readonly isNamed: boolean;
  /**
   * Every cell as text: numbers in full, a formula's last result, rich text and links without their make-up, dates as ISO 8601.
   * Meant to be called once for a sheet, one sheet after the other, so that the rows of one can go before the next is read.
   *
   * @throws WorkbookUnreadable
   */
  read(): Promise<Sheet>;
}

/** Reads what an admin uploads. The bytes are hostile until proven otherwise. */
export interface WorkbookReader {
  /**
   * The sheets of the upload, in the workbook's order.
   *
   * @throws WorkbookUnreadable for anything that is not an ordinary `.xlsx` or `.csv` within bounds; nothing else
   */
  open(bytes: Uint8Array, file: string): Promise<readonly OpenSheet[]>;
}
