import { quietly } from "./quietly.ts";

/** What a piece of work is told of the others. */
export interface AmongOthers {
  /** To be called when the next one may begin, though this one goes on. */
  readonly letNext: () => void;
  /** To be called before anything that should not be done in vain. @throws what another one failed with */
  readonly requireHope: () => void;
}

/** How pieces of work are done. */
export interface OnHeels<Item, Result> {
  readonly begin: (item: Item, others: AmongOthers) => Promise<Result>;
  /** Called when all of them are done and the last of what they came to is yet to be used. */
  readonly whenDone: () => void;
  /** Called for one after the other, in their order. */
  readonly use: (item: Item, result: Result) => Promise<void>;
}

/**
 * Does pieces of work on each other's heels: each begins when the one before says so, and what they come to is used in their order. When
 * one fails no further ones begin, and nothing goes on behind the caller's back.
 */
export const onHeels = async <Item, Result>(
  items: readonly Item[],
  { begin, whenDone, use }: OnHeels<Item, Result>,
): Promise<void> => {
  const results: Promise<Result>[] = [];
  let used: Promise<void> = Promise.resolve();
  let failure: { readonly thrown: unknown } | null = null;
  const fail = (thrown: unknown): void => {
    failure ??= { thrown };
  };
  const requireHope = (): void => {
    if (failure !== null) throw failure.thrown;
  };
  try {
    for (const item of items) {
      requireHope();
      const { promise: mayFollow, resolve: letNext } = Promise.withResolvers<void>();
      const result = quietly(begin(item, { letNext, requireHope }));
      result.catch(fail);
      results.push(result);
      const before = used;
      used = quietly(Promise.all([result, before]).then(([came]) => use(item, came)));
      used.catch(fail);
      await Promise.race([mayFollow, result]);
    }
    await Promise.all(results);
    if (items.length > 0) whenDone();
    await used;
  } finally {
    await Promise.allSettled([...results, used]);
  }
};
