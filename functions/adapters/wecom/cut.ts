/** How one visible character is written. */
type Written = (character: string) => string;

const characters = new Intl.Segmenter("und", { granularity: "grapheme" });

/**
 * The text as `written`, cut between two visible characters so that it takes no more than so many bytes of UTF-8; an ellipsis
 * stands for what was cut. WeCom cuts by itself, but in the middle of a character.
 */
export const cutToBytes = (text: string, bytesAtMost: number, written: Written = same): string => {
  const pieces = [...characters.segment(text)].map(({ segment }) => written(segment));
  const sizes = pieces.map((piece) => Buffer.byteLength(piece));
  const total = sizes.reduce((sum, size) => sum + size, 0);
  if (total <= bytesAtMost) return pieces.join("");
  let room = bytesAtMost - Buffer.byteLength(ellipsis);
  let kept = 0;
  for (const size of sizes) {
    room -= size;
    if (room < 0) break;
    kept += 1;
  }
  return pieces.slice(0, kept).join("") + ellipsis;
};

/** The first visible characters of a text. */
export const firstCharacters = (text: string, atMost: number): string =>
  [...characters.segment(text)]
    .slice(0, atMost)
    .map(({ segment }) => segment)
    .join("");

const ellipsis = "…";
const same: Written = (character) => character;
