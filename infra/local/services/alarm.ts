/** Something that rings once at a time of the injected clock, however far away. */
export interface Alarm {
  cancel(): void;
}

/**
 * Rings when `now()` reaches `at` (both milliseconds since the epoch), at once if that has passed. Longer waits than
 * Node's timers can count (24.8 days) are waited for in pieces.
 */
export const setAlarm = (at: number, now: () => number, ring: () => void): Alarm => {
  let timer: NodeJS.Timeout;
  const wait = (): void => {
    const left = at - now();
    timer = left > LONGEST ? setTimeout(wait, LONGEST) : setTimeout(ring, Math.max(left, 0));
  };
  wait();
  return { cancel: () => clearTimeout(timer) };
};

const LONGEST = 2 ** 31 - 1;
