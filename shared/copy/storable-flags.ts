const neverStored = new Set(["\\recent"]);
/** A keyword as it may stand in a command (RFC 3501 §9, `atom`): one that is not would fail the whole APPEND. */
const atom = /^[!#$&'+,\-./0-9:;<=>?@A-Z[^_`a-z|}~]+$/;

/**
 * The flags of a message that a folder keeps for good. PERMANENTFLAGS is asked of the destination itself: `\*` lets new
 * keywords in. `\Seen` is never dropped, because unread mail that was read is the first thing a member notices. Sorted, so that
 * two sets of flags can be compared.
 */
export const storableFlags = (flags: readonly string[], permanent: readonly string[]): readonly string[] => {
  const known = new Map(permanent.map((flag) => [flag.toLowerCase(), flag]));
  const takesNew = known.has("\\*");
  const kept = flags.flatMap((flag) => {
    const folded = flag.toLowerCase();
    if (neverStored.has(folded)) return [];
    if (folded === "\\seen") return ["\\Seen"];
    if (flag.startsWith("\\")) return known.has(folded) ? [systemFlag(folded)] : [];
    if (!atom.test(flag)) return [];
    return known.has(folded) || takesNew ? [known.get(folded) ?? flag] : [];
  });
  return [...new Set(kept)].sort();
};

/** Whether any of the flags is a keyword, for which a folder's PERMANENTFLAGS must be known. */
export const hasKeyword = (flags: readonly string[]): boolean => flags.some((flag) => !flag.startsWith("\\"));

/** Flags are compared without regard to case (RFC 3501 §2.3.2 defines them so; servers spell them their way). */
export const sameFlags = (one: readonly string[], other: readonly string[]): boolean => {
  // Most often they are, in the same order.
  if (one.length === other.length && one.every((flag, index) => flag === other[index])) return true;
  const folded = (flags: readonly string[]) =>
    [...new Set(flags.map((flag) => flag.toLowerCase()).filter((flag) => !neverStored.has(flag)))]
      .sort()
      .join(" ");
  return folded(one) === folded(other);
};

/** `\seen` as RFC 3501 spells it. */
const systemFlag = (folded: string): string => `\\${folded.charAt(1).toUpperCase()}${folded.slice(2)}`;
