/**
 * A header or sheet name reduced to what tells it apart: width and letter case folded (NFKC), and neither spaces, the
 * asterisk of required columns, brackets, hyphens nor underscores left. `* 原邮箱地址 ` and `原邮箱地址＊` are the same.
 */
export const foldLabel = (label: string): string =>
  label
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[\s*_\-:'’"/\\()[\]【】「」《》\u200b-\u200d\u2060\ufeff]+/gu, "");

/** As `foldLabel`, without what stands in round brackets: `原邮箱地址（必填）` is `原邮箱地址`. */
export const foldLabelWithoutRemark = (label: string): string =>
  foldLabel(label.normalize("NFKC").replace(/\([^)]*\)/gu, " "));

/** A cell's text without the invisible characters and blanks that copying leaves at its ends. */
export const trimmedCell = (text: string): string => {
  let start = 0;
  let end = text.length;
  // From both ends: a pattern for what stands at the end would try every blank in between, and a hostile cell is blanks throughout.
  while (start < end && blank.test(text.charAt(start))) start += 1;
  while (end > start && blank.test(text.charAt(end - 1))) end -= 1;
  return text.slice(start, end);
};

const blank = /[\s\u200b-\u200d\u2060\ufeff]/u;

/** A cell that holds an identifier: trimmed, full-width letters, digits and `＠` made ordinary. */
export const identifierCell = (text: string): string => trimmedCell(unguarded(text).normalize("NFKC"));

/** A cell that is read by people: trimmed, line breaks and runs of blanks made one space. */
export const proseCell = (text: string): string => trimmedCell(unguarded(text)).replace(/\s+/gu, " ");

/**
 * Without the apostrophe that the workbooks we write have before what might pass for a formula (`functions/adapters/excel/defused.ts`),
 * so that what comes back from the template is what went into it. Passwords are never written, so they are left alone.
 */
const unguarded = (text: string): string => text.replace(/^'(?=[=+\-@\t\r＝＋－＠])/u, "");
