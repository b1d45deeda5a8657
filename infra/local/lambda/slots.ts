import type { DeployedFunction } from "./deployed-function.ts";

/** Who asks. Queue batches can wait; what a person or a workflow waits for should not have to wait for them. */
export type Urgency = "prompt" | "background";

interface Waiting {
  readonly deployed: DeployedFunction;
  readonly urgency: Urgency;
  readonly admit: (release: () => void) => void;
}

/**
 * How many invocations may run at once on this machine: `limit` in all, of which the background leaves one free, and no
 * more of one function than its reserved concurrency. Where AWS would throttle and have callers try again, callers wait here.
 */
export class InvocationSlots {
  readonly #limit: number;
  readonly #running = new Map<string, number>();
  readonly #waiting: Waiting[] = [];
  #total = 0;
  #background = 0;

  constructor(limit: number) {
    this.#limit = Math.max(2, limit);
  }

  /** Resolves with what gives the slot back, to be called once. */
  acquire(deployed: DeployedFunction, urgency: Urgency): Promise<() => void> {
    return new Promise((resolve) => {
      this.#waiting.push({ deployed, urgency, admit: resolve });
      this.#admit();
    });
  }

  #admit(): void {
    for (let index = 0; index < this.#waiting.length; ) {
      const next = this.#waiting[index];
      if (next === undefined || this.#total >= this.#limit) {
        return;
      }
      if (this.#hasRoomFor(next)) {
        this.#waiting.splice(index, 1);
        this.#take(next);
      } else {
        index += 1;
      }
    }
  }

  #hasRoomFor({ deployed, urgency }: Waiting): boolean {
    const own = this.#running.get(deployed.name) ?? 0;
    return (
      own < (deployed.reservedConcurrency ?? Number.POSITIVE_INFINITY) &&
      (urgency === "prompt" || this.#background < this.#limit - 1)
    );
  }

  #take({ deployed, urgency, admit }: Waiting): void {
    const change = (by: 1 | -1): void => {
      this.#total += by;
      this.#background += urgency === "background" ? by : 0;
      this.#running.set(deployed.name, (this.#running.get(deployed.name) ?? 0) + by);
    };
    change(1);
    admit(() => {
      change(-1);
      this.#admit();
    });
  }
}
