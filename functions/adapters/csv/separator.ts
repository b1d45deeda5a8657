/** What stands between the cells: the comma of most programs, the semicolon of Excel where the comma is decimal, the tab of "Unicode text". */
export type Separator = (typeof separators)[number];

const separators = [",", "\t", ";"] as const;

/** Where the table begins, and what separates its cells. */
export interface Beginning {
  readonly separator: Separator;
  /** Characters of a line `sep=;`, which tells Excel the separator and is no row. */
  readonly skipped: number;
}

/**
 * The separator that stands most often in the first line with one, outside quotation marks. The header tells it better than the
 * rows: a public mailbox' users are separated by semicolons inside their cell.
 */
export const beginningOf = (text: string): Beginning => {
  const told = /^sep=([,;\t])\r?\n/i.exec(text);
  const separator = separators.find((candidate) => candidate === told?.[1]);
  if (told !== null && separator !== undefined) return { separator, skipped: told[0].length };
  const counts: Record<Separator, number> = { ",": 0, "\t": 0, ";": 0 };
  let isQuoted = false;
  for (const character of text) {
    if (character === '"') isQuoted = !isQuoted;
    if (isQuoted) continue;
    if ((character === "\n" || character === "\r") && separators.some((one) => counts[one] > 0)) break;
    const counted = separators.find((one) => one === character);
    if (counted !== undefined) counts[counted] += 1;
  }
  return { separator: separators.reduce((a, b) => (counts[b] > counts[a] ? b : a)), skipped: 0 };
};
