/** How often a condition is looked at again, in milliseconds. */
const between = 10;

/**
 * What `look` gives as soon as that is not undefined: waits for a condition of a real process without guessing how long it
 * takes. @throws after `withinMilliseconds`, saying what was waited for.
 */
export const eventually = async <Found>(
  what: string,
  look: () => Found | undefined | Promise<Found | undefined>,
  withinMilliseconds = 20_000,
): Promise<Found> => {
  const deadline = performance.now() + withinMilliseconds;
  for (;;) {
    const found = await look();
    if (found !== undefined) {
      return found;
    }
    if (performance.now() > deadline) {
      throw new Error(`${what} did not come about within ${withinMilliseconds} ms`);
    }
    await new Promise((resolve) => setTimeout(resolve, between));
  }
};
