/** A sheet to be written: what its columns are called, how wide they are (in characters), and its rows, which may be many. */
export interface SheetContent {
  readonly name: string;
  readonly columns: readonly { readonly header: string; readonly width: number }[];
  readonly rows: AsyncIterable<readonly (string | number)[]>;
}

/** Writes `.xlsx` workbooks that people open: bold frozen headers, text as text. */
export interface WorkbookWriter {
  /** Takes the sheets one after the other and their rows as they come. No text in it is ever a formula to Excel. */
  write(sheets: readonly SheetContent[]): Promise<Uint8Array>;
}
