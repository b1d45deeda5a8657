/** Lets requests through as long as there are tokens (https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-throttling.html). */
export interface Throttle {
  /** Takes a token; false when there is none. */
  admit(): boolean;
}

/** What a stage without limits of its own has: those of an account. */
const accountRatePerSecond = 10_000;
const accountBurst = 5_000;

/** A bucket that holds `burst` tokens and is filled up with `ratePerSecond`; `now` in milliseconds. */
export const tokenBucket = (
  { ratePerSecond = accountRatePerSecond, burst = accountBurst },
  now: () => number,
): Throttle => {
  let tokens = burst;
  let filledAt = now();
  return {
    admit: () => {
      const at = now();
      tokens = Math.min(burst, tokens + ((at - filledAt) / 1_000) * ratePerSecond);
      filledAt = at;
      if (tokens < 1) return false;
      tokens -= 1;
      return true;
    },
  };
};
