/**
 * Wakes those who wait for a queue: when something is sent or given back, and when the next hidden message becomes
 * visible by time. Nobody polls.
 */
export class Arrivals {
  readonly #waiting = new Map<string, Set<() => void>>();
  readonly #now: () => number;
  readonly #nextChangeAt: (queue: string) => number | undefined;

  constructor(now: () => number, nextChangeAt: (queue: string) => number | undefined) {
    this.#now = now;
    this.#nextChangeAt = nextChangeAt;
  }

  /** Something about the queue changed in a way that may make a message receivable. */
  announce(queue: string): void {
    for (const wake of [...(this.#waiting.get(queue) ?? [])]) {
      wake();
    }
  }

  /** Resolves at the next announcement or visibility, after `milliseconds` at the latest, or when aborted. */
  wait(queue: string, milliseconds: number, signal?: AbortSignal): Promise<void> {
    if (signal?.aborted === true) {
      return Promise.resolve();
    }
    const change = this.#nextChangeAt(queue);
    const untilChange = change === undefined ? milliseconds : change - this.#now();
    return new Promise((resolve) => {
      const waiting = this.#waiting.get(queue) ?? new Set();
      this.#waiting.set(queue, waiting);
      const wake = (): void => {
        clearTimeout(timer);
        signal?.removeEventListener("abort", wake);
        waiting.delete(wake);
        resolve();
      };
      const timer = setTimeout(wake, Math.max(1, Math.min(milliseconds, untilChange, longestTimer)));
      signal?.addEventListener("abort", wake);
      waiting.add(wake);
    });
  }

  /** Wakes everybody, for good. */
  close(): void {
    for (const queue of this.#waiting.keys()) {
      this.announce(queue);
    }
  }
}

/** `setTimeout` fires at once above this; whoever waits longer is woken early and waits again. */
const longestTimer = 2 ** 31 - 1;
