/** A row that holds anything: its number as Excel shows it, its cells as text from column A on, blanks empty. */
export interface SheetRow {
  readonly number: number;
  readonly cells: readonly string[];
}

/** A sheet as plain text; rows without any text are not among its rows. */
export interface Sheet {
  readonly name: string;
  readonly rows: readonly SheetRow[];
}
