import { spread } from "../pacing/spread.ts";

/** Characters that every server takes: the strictest known stops at 63 octets for a part (Exchange 2003: 64). */
const longestPart = 40;

/** Wildcards, separators and what file systems keep to themselves (RFC 3501 §5.1; Cyrus `unixhierarchysep`). */
const awkward = /[\p{Cc}/\\*%"<>|:?~&#!.]/gu;

/**
 * A name for a folder whose own name the server did not take: shorter, and without awkward characters. What makes it unlike
 * others is a mark made from the whole name, so that two long names that begin alike stay two folders, and the same folder gets the same name again.
 */
export const holdableSegments = (segments: readonly string[]): readonly string[] => {
  const mark = Math.floor(spread(JSON.stringify(segments)) * 2 ** 32)
    .toString(16)
    .padStart(8, "0");
  return segments.map((segment, index) => {
    const plain = segment.replaceAll(awkward, "_");
    const isLast = index === segments.length - 1;
    const length = isLast ? longestPart - mark.length - 1 : longestPart;
    const shortened = Array.from(plain).slice(0, length).join("");
    return isLast ? `${shortened} ${mark}` : shortened;
  });
};
