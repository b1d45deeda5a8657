import { isMailferryError } from "../contract/errors.ts";
import { OutOfTime } from "./out-of-time.ts";

/** A busy server is left alone for 30 s, then twice as long each time: eight attempts span 45 minutes. */
const busySeconds = { first: 30, longest: 900 } as const;
/** A lost connection is usually back at once: 1, 2, 4 … 64 s. */
const usualSeconds = { first: 1, longest: 300 } as const;

/** Seconds until failed work is tried again, after it was received so often. */
export const retryDelay = (thrown: unknown, receiveCount: number): number => {
  if (thrown instanceof OutOfTime) return 0;
  const { first, longest } = isMailferryError(thrown, "ServerBusy") ? busySeconds : usualSeconds;
  return Math.min(longest, first * 2 ** Math.max(0, receiveCount - 1));
};
