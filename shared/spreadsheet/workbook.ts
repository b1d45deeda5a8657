/** A row that holds anything: its number as Excel shows it, its cells as text from column A on, blanks empty. */
export interface SheetRow {
  readonly number: number;
  readonly cells: readonly string[];
  /** The columns (from zero) whose text is a formula's last result; absent when there are none. */
  readonly formulas?: readonly number[];
}

/** A sheet as plain text; rows without any text are not among its rows. */
export interface Sheet {
  readonly name: string;
  readonly rows: readonly SheetRow[];
}
