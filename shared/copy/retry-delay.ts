import { drainSeconds } from "./claim-times.ts";
import { MustWait } from "./must-wait.ts";
import { OutOfTime } from "./out-of-time.ts";

/** Doubled from attempt to attempt. */
const first = 1;
const longest = 300;

/**
 * Seconds until interrupted work is tried again, after it was received so often. Work that waits says itself how long; a lost
 * connection is usually back at once: 3, 3, 4 … 64 s. Never sooner than what the interrupted attempt had sent has drained.
 */
export const retryDelay = (thrown: unknown, receiveCount: number): number => {
  if (thrown instanceof MustWait) return thrown.seconds;
  if (thrown instanceof OutOfTime) return drainSeconds;
  return Math.max(drainSeconds, Math.min(longest, first * 2 ** Math.max(0, receiveCount - 1)));
};
