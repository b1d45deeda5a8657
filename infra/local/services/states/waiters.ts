import { ServiceError } from "../json-protocol.ts";
import type { Outcome } from "./attempts.ts";
import type { Store } from "./store.ts";

/** Brings what SendTaskSuccess and SendTaskFailure say to the state that waits for it. */
export interface Waiters {
  /** The outcome of a token, once it is settled; `forget` when nobody waits any more. */
  wait(token: string): { readonly outcome: Promise<Outcome>; forget(): void };
  /**
   * Journals the outcome before it returns, so that an answer given is never lost, and wakes the state if it runs.
   * @throws ServiceError `InvalidToken` for a token that was never handed out, `TaskTimedOut` for one that is late.
   */
  settle(token: string, outcome: Outcome): void;
  /** @throws ServiceError as {@link Waiters.settle}. */
  check(token: string): void;
}

export const openWaiters = (store: Store, now: () => number): Waiters => {
  const waiting = new Map<string, (outcome: Outcome) => void>();
  const check = (token: string): void => {
    const attempt = store.attempts.find(token);
    if (attempt === undefined) throw new ServiceError("InvalidToken", "Invalid Token: 'Invalid token'");
    if (attempt.closed || attempt.outcome !== undefined || now() >= attempt.deadline) {
      throw new ServiceError("TaskTimedOut", "Task Timed Out: 'Provided task does not exist anymore'");
    }
  };
  return {
    check,
    wait: (token) => {
      const { promise, resolve } = Promise.withResolvers<Outcome>();
      waiting.set(token, resolve);
      return { outcome: promise, forget: () => void waiting.delete(token) };
    },
    settle: (token, outcome) => {
      check(token);
      store.attempts.settle(token, outcome);
      waiting.get(token)?.(outcome);
    },
  };
};
