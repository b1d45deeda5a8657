import { readFileSync } from "node:fs";

/**
 * The most memory this process held since the mark was last put down, in megabytes of 10^6 bytes (proc(5), VmHWM). getrusage(2) will not do:
 * what it tells of a process that was just started is its parent's.
 */
export const peakMegabytes = (): number =>
  (Number(/^VmHWM:\s+(\d+) kB$/m.exec(readFileSync("/proc/self/status", "utf8"))?.[1]) * 1_024) / 1_000_000;
