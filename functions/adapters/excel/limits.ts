/**
 * What a workbook of accounts may hold. The figures are far above 100,000 accounts and far below what would hurt the
 * function: the worst workbook that passes is worked off in some 20 seconds within its memory.
 */
export const limits = {
  /** Of the file itself, bytes. */
  file: 32 * 1024 * 1024,
  /** Parts of the zip; also how many of them a part may lead to, and the workbook show as sheets. */
  parts: 10_000,
  /** Of all parts unzipped, by the zip's own word, bytes. */
  unzipped: 1024 * 1024 * 1024,
  /** Of one sheet unzipped: 1,048,576 empty but formatted rows take 220 MB. Bytes. */
  sheet: 512 * 1024 * 1024,
  /** Of any part that is held in memory: shared strings, styles, relationships. Bytes. */
  held: 96 * 1024 * 1024,
  /** Between two tags; a cell holds 32,767 characters at most. Characters. */
  text: 4 * 1024 * 1024,
  /** Of a number format: Excel takes no more. Characters. */
  formatCode: 255,
  /** Formats of cells: Excel takes some 65,000. */
  styles: 65_536,
  /** Texts that cells refer to. */
  strings: 2_000_000,
  /** Of one cell: Excel takes no more. Characters. */
  cellText: 32_767,
  /** Over all cells kept: a text that is held once may stand in every cell, and is looked at in each. Characters. */
  allText: 200_000_000,
  /** Of elements in one another. */
  depth: 100,
  /** Rows that hold anything, over all sheets read. */
  rows: 250_000,
  /** Columns from A on in which anything may stand. */
  columns: 256,
  /** Cells held, blanks before the last one of a row included. */
  cells: 5_000_000,
} as const;
