/** Longer than this no hint is believed: a day is the longest that a provider is known to shut anyone out (Gmail). */
const longestSeconds = 86_400;

const secondsPer: Readonly<Record<string, number>> = { ms: 0.001, s: 1, m: 60, h: 3_600 };

/**
 * How a server says how long to stay away. Exchange: "Suggested Backoff Time: 92415 milliseconds"; elsewhere "try again in 15
 * minutes", "retry after 30 seconds".
 */
const forms: readonly RegExp[] = [
  /back-?off(?: time)?\D{0,20}?(\d{1,9}) ?(milliseconds?|ms|seconds?|secs?|minutes?|mins?|hours?)\b/i,
  /(?:again|retry|wait)\b\D{0,20}?(\d{1,9}) ?(milliseconds?|ms|seconds?|secs?|minutes?|mins?|hours?)\b/i,
];

/** Seconds that a server asks to wait, from its words; null when it names no time. */
export const hintedSeconds = (words: string): number | null => {
  for (const form of forms) {
    const [, amount, unit] = form.exec(words) ?? [];
    if (amount === undefined || unit === undefined) continue;
    const seconds = Number(amount) * (secondsPer[symbolOf(unit)] ?? 1);
    return Math.min(longestSeconds, Math.ceil(seconds));
  }
  return null;
};

const symbolOf = (unit: string): string => {
  const lower = unit.toLowerCase();
  return lower === "ms" || lower.startsWith("milli") ? "ms" : lower.slice(0, 1);
};
