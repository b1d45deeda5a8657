/** More folders of one name than this are not made by people. */
const mostTwins = 10_000;

/**
 * A source folder's name as the target can hold it: composed (NFC), so that it is the same name whatever machine wrote it;
 * without the target's separator inside a part, which would make a folder of it; no part empty.
 */
export const targetSegments = (segments: readonly string[], separator: string): readonly string[] =>
  segments.map((segment, index) => {
    const composed = segment.normalize("NFC");
    if (index === 0 && composed.toUpperCase() === "INBOX") return "INBOX";
    const held = separator === "" ? composed : composed.replaceAll(separator, "_");
    return held === "" ? "_" : held;
  });

/** A name under which two folders are the same one: composed; INBOX in any case (RFC 3501 §5.1). */
export const folderKey = (segments: readonly string[]): string =>
  JSON.stringify(
    segments.map((segment, index) => {
      const composed = segment.normalize("NFC");
      return index === 0 && composed.toUpperCase() === "INBOX" ? "INBOX" : composed;
    }),
  );

/** The name, or the first of `name 2`, `name 3`, … that is not taken. */
export const unlike = (segments: readonly string[], taken: ReadonlySet<string>): readonly string[] => {
  const last = segments.at(-1) ?? "_";
  for (let number = 1; number < mostTwins; number += 1) {
    const name = [...segments.slice(0, -1), number === 1 ? last : `${last} ${number}`];
    if (!taken.has(folderKey(name))) return name;
  }
  throw new RangeError(`More than ${mostTwins} folders are called ${last}.`);
};
