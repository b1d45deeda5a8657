/** Ten times what a look takes of a processor where the pipeline is on this machine. */
const shortestMilliseconds = 15;

/** Cheap enough for a migration that takes days. */
export const longestMilliseconds = 300;

/**
 * Milliseconds until one looks again at what one has waited for so long: a fifteenth of that, so that looking adds next to
 * nothing to a wait of seconds and costs next to nothing in one of hours. What is over after some tens of milliseconds, as
 * most waits for a small company are, is noticed at once all the same.
 */
export const pauseAfter = (waitedMilliseconds: number): number =>
  Math.min(longestMilliseconds, Math.max(shortestMilliseconds, waitedMilliseconds / 15));
