/** Lets one work after the other use what serves only one at a time: a connection with its selected folder. */
export class Turns {
  #last: Promise<unknown> = Promise.resolve();

  /** Does the work when all that came before it has ended. */
  take<Result>(work: () => Promise<Result>): Promise<Result> {
    const turn = this.#last.then(work);
    // The next one does not care how this one ended.
    this.#last = turn.catch(() => undefined);
    return turn;
  }

  /** The same for work that gives one item after the other; its turn lasts until the last one is taken. */
  async *each<Item>(items: () => AsyncIterable<Item>): AsyncGenerator<Item> {
    const { promise: ended, resolve: end } = Promise.withResolvers<void>();
    const before = this.#last;
    this.#last = ended;
    try {
      await before;
      yield* items();
    } finally {
      end();
    }
  }
}
