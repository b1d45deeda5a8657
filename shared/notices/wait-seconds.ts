import { underWaySeconds } from "./notice-standing.ts";

const longestSeconds = 6 * 3_600;

/**
 * For how long a notice waits that was received so often and found SES too busy: 2, 8 and 32 minutes, two hours, then six at a time.
 * Never so short that it would find itself still under way.
 */
export const waitSeconds = (receiveCount: number): number =>
  Math.min(longestSeconds, underWaySeconds * 4 ** (receiveCount - 1));
