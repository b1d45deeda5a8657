/** A cell that should be looked at, with the reason: `wrong` as it stands, or something is to be `added` to it. */
export interface MarkedCell {
  readonly text: string;
  readonly mark: "wrong" | "added";
  /** Beside the cell when the pointer rests on it. */
  readonly note?: string;
}

/** Text, a count, or text that is marked. */
export type CellContent = string | number | MarkedCell;

/** The values offered for a column's cells: those of a column of another sheet of the workbook. */
export interface Choices {
  readonly sheet: string;
  /** From zero. */
  readonly column: number;
  /** How many rows of that sheet, from its first below the header on, hold values or may yet. At least one. */
  readonly rows: number;
  /** What a person is told who types something else; they may keep it all the same. */
  readonly warning: string;
}

export interface SheetColumn {
  readonly header: string;
  /** In characters. */
  readonly width: number;
  /** Beside the header when the pointer rests on it. */
  readonly note?: string;
  readonly isRequired?: true;
  /** Its cells can be written in although the sheet is protected. */
  readonly isOpen?: true;
  /** Long text goes on in further lines of its cell, and would otherwise be cut off by what stands beside it. */
  readonly wraps?: true;
  readonly choices?: Choices;
}

/** A sheet to be written, with its rows, which may be many. */
export interface SheetContent {
  readonly name: string;
  readonly columns: readonly SheetColumn[];
  readonly rows: AsyncIterable<readonly CellContent[]>;
  /** Lines above the header: how the sheet is to be filled in. */
  readonly instructions?: readonly string[];
  /** Nothing in it can be changed until its protection is lifted, for which no password is needed. */
  readonly isProtected?: true;
}

/** Writes `.xlsx` workbooks that people open: bold frozen headers, text as text, also in cells that are filled in later. */
export interface WorkbookWriter {
  /**
   * Takes the sheets one after the other and their rows as they come. No text in it is ever a formula to Excel. The same
   * content makes the same bytes.
   */
  write(sheets: readonly SheetContent[]): Promise<Uint8Array>;
}
