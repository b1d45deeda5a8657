/** Slips of the hand; what differs by more is another word. */
const slipsAtMost = 2;

/** The known key that was most likely meant; undefined when none is near. */
export const nearestKey = (written: string, known: readonly string[]): string | undefined => {
  const near = known
    .map((key) => ({ key, slips: slipsBetween(written.slice(0, 100).toLowerCase(), key.toLowerCase()) }))
    .filter(({ key, slips }) => slips <= slipsAtMost && slips <= key.length / 2)
    .toSorted((one, other) => one.slips - other.slips);
  return near[0]?.key;
};

/** Letters to insert, remove or replace to make one word of the other (Levenshtein's distance). */
const slipsBetween = (one: string, other: string): number => {
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (const [line, letter] of Array.from(one).entries()) {
    const next = [line + 1];
    for (const [column, against] of Array.from(other).entries()) {
      const replaced = (row[column] ?? 0) + (letter === against ? 0 : 1);
      next.push(Math.min(replaced, (row[column + 1] ?? 0) + 1, (next[column] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
};
