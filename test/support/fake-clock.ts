import { Timestamp } from "../../shared/contract/ids.ts";
import type { Clock } from "../../shared/ports/clock.ts";

/** A clock that stands still until it is told how many seconds have gone by. */
export class FakeClock implements Clock {
  #milliseconds: number;

  constructor(start = "2026-11-22T08:00:00.000Z") {
    this.#milliseconds = Date.parse(start);
  }

  now(): Timestamp {
    return Timestamp.parse(new Date(this.#milliseconds).toISOString());
  }

  advance(seconds: number): void {
    this.#milliseconds += seconds * 1_000;
  }
}
