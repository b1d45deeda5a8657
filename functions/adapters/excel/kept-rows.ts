import type { SheetRow } from "../../../shared/spreadsheet/workbook.ts";
import { limits } from "./limits.ts";
import { Unreadable } from "./unreadable.ts";

/** What may still be held; shared by all sheets of a workbook. */
export interface Allowance {
  rows: number;
  cells: number;
  characters: number;
}

/** What one upload may hold. */
export const wholeAllowance = (): Allowance => ({
  rows: limits.rows,
  cells: limits.cells,
  characters: limits.allText,
});

/** The rows that hold text, within bounds, without the blanks at their ends. */
export class KeptRows {
  readonly rows: SheetRow[] = [];
  readonly #allowance: Allowance;

  constructor(allowance: Allowance) {
    this.#allowance = allowance;
  }

  /** @throws Unreadable when the row stands too wide, or is one too many */
  keep(number: number, cells: readonly string[], formulas: readonly number[] = []): void {
    const width = cells.findLastIndex((cell) => cell.trim() !== "") + 1;
    if (width === 0) return;
    if (width > limits.columns) throw new Unreadable("farColumn", number);
    this.#allowance.rows -= 1;
    this.#allowance.cells -= width;
    for (const cell of cells) this.#allowance.characters -= cell.length;
    if (this.#allowance.rows < 0) throw new Unreadable("tooManyRows", limits.rows);
    if (this.#allowance.cells < 0) throw new Unreadable("tooManyCells", limits.cells);
    if (this.#allowance.characters < 0) throw new Unreadable("tooMuchText");
    // A copy of just this length: an array that grew cell by cell has room for many more.
    this.rows.push({
      number,
      cells: cells.slice(0, width),
      ...(formulas.length === 0 ? {} : { formulas }),
    });
  }
}
