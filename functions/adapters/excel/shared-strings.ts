import { limits } from "./limits.ts";
import type { PackageParts } from "./package-parts.ts";
import { TextGatherer } from "./text-gatherer.ts";
import { Unreadable } from "./unreadable.ts";

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
      if (element !== "si") return;
      if (strings.length === limits.strings) throw new Unreadable("tooManyStrings", limits.strings);
      strings.push(text.end());
    },
  });
  return strings;
};
