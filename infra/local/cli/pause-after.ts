const shortestMilliseconds = 50;

/** Cheap enough for a migration that takes days. */
const longestMilliseconds = 300;

/**
 * Milliseconds until one looks again at what one has waited for so long: a tenth of that, so that looking adds next to
 * nothing to a wait of seconds and costs next to nothing in one of hours.
 */
export const pauseAfter = (waitedMilliseconds: number): number =>
  Math.min(longestMilliseconds, Math.max(shortestMilliseconds, waitedMilliseconds / 10));
