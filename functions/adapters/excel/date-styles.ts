import { limits } from "./limits.ts";
import type { PackageParts } from "./package-parts.ts";

/** Built-in number formats that show a date or a time (ECMA-376 §18.8.30, East Asian ones included). */
const isBuiltInDate = (id: number): boolean =>
  (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 47) || (id >= 50 && id <= 58);

/** Which cell styles show a number as a date: a number alone does not say so. */
export const readDateStyles = async (
  parts: PackageParts,
  part: string | null,
): Promise<ReadonlySet<number>> => {
  const styles = new Set<number>();
  if (part === null) return styles;
  const dateFormats = new Set<number>();
  let inCellFormats = false;
  let index = 0;
  await parts.read(part, {
    open: (element, attributes) => {
      if (element === "numFmt" && showsDate(attributes.formatCode ?? ""))
        dateFormats.add(Number(attributes.numFmtId));
      if (element === "cellXfs") inCellFormats = true;
      if (element !== "xf" || !inCellFormats) return;
      const format = Number(attributes.numFmtId ?? 0);
      if (index < limits.styles && (dateFormats.has(format) || isBuiltInDate(format))) styles.add(index);
      index += 1;
    },
    close: (element) => {
      if (element === "cellXfs") inCellFormats = false;
    },
  });
  return styles;
};

/** Letters of a date outside quotes, brackets and escapes. An endless code of brackets that never close would be gone through from each. */
const showsDate = (code: string): boolean =>
  /[ymdhs]/i.test(code.slice(0, limits.formatCode).replace(/"[^"]*"|\[[^\]]*\]|\\.|_.|\*./g, ""));
