import type { Means } from "./means.ts";

/** Lets a call begin when it is its turn, and does it. */
export type Pace = <T>(call: () => Promise<T>) => Promise<T>;

interface Limits {
  readonly inFlight: number;
  readonly perMinute: number;
}

/**
 * WeCom blocks a company that calls one API more than 10,000 times in a minute, and an address at 20,000
 * (developer.work.weixin.qq.com/document/path/90312). Others of the company call it too, so this is well below.
 */
export const usualLimits: Limits = { inFlight: 8, perMinute: 3_000 };

/** Calls begin evenly spread and in the order in which they asked, and only so many are under way at once. */
export const paced = ({ clock, pause }: Means, { inFlight, perMinute }: Limits = usualLimits): Pace => {
  const spacing = 60_000 / perMinute;
  const waiting: (() => void)[] = [];
  let running = 0;
  let next = 0;

  const enter = async (): Promise<void> => {
    if (running >= inFlight) await new Promise<void>((resolve) => waiting.push(resolve));
    else running += 1;
    const now = Date.parse(clock.now());
    const begin = Math.max(now, next);
    next = begin + spacing;
    if (begin > now) await pause(begin - now);
  };
  /** Whoever waits takes over the place of whoever leaves. */
  const leave = (): void => {
    const first = waiting.shift();
    if (first === undefined) running -= 1;
    else first();
  };
  return async (call) => {
    await enter();
    try {
      return await call();
    } finally {
      leave();
    }
  };
};
