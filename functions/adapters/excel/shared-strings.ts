import type { PackageParts } from "./package-parts.ts";
import { TextGatherer } from "./text-gatherer.ts";

/** The texts that cells refer to by number (ECMA-376 §18.4.9). */
export const readSharedStrings = async (
  parts: PackageParts,
  part: string | null,
): Promise<readonly string[]> => {
  const strings: string[] = [];
  if (part === null) return strings;
  const text = new TextGatherer();
  await parts.read(part, {
    open: (element) => {
      if (element === "si") text.begin();
      text.open(element);
    },
    text: (piece) => text.add(piece),
    close: (element) => {
      text.close(element);
      if (element === "si") strings.push(text.end());
    },
  });
  return strings;
};
