import type { Opening } from "./opening.ts";

/** Lets one work after the other use what serves only one at a time: a connection with its selected folder. */
export class Turns {
  readonly #opening: Opening;
  #last: Promise<unknown> = Promise.resolve();
  #given = 0;

  constructor(opening: Opening) {
    this.#opening = opening;
  }

  /** How many turns there have been asked for. */
  get given(): number {
    return this.#given;
  }

  /** Does the work when all that came before it has ended. */
  take<Result>(work: () => Promise<Result>): Promise<Result> {
    return this.#queue(async () => {
      await this.#opening.open();
      return work();
    });
  }

  /** The same for a single question, which may go out along with the opening (`Opening.along`). */
  ask<Answer>(ask: () => Promise<Answer>, holds?: () => boolean): Promise<Answer> {
    return this.#queue(() => this.#opening.along(ask, holds));
  }

  /** Waits for its turn, which lasts until what is returned is called. */
  async begin(): Promise<() => void> {
    const { promise: ended, resolve: end } = Promise.withResolvers<void>();
    const begun = this.take(async () => undefined);
    this.#last = begun.then(
      () => ended,
      () => undefined,
    );
    await begun;
    return end;
  }

  #queue<Result>(work: () => Promise<Result>): Promise<Result> {
    this.#given += 1;
    const turn = this.#last.then(work);
    // The next one does not care how this one ended.
    this.#last = turn.catch(() => undefined);
    return turn;
  }
}
