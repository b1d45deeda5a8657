import { quietly } from "./quietly.ts";

/** The same items, once, the first of which is asked for at once. */
export const begun = <Item>(items: AsyncIterable<Item>): AsyncIterable<Item> => {
  const iterator = items[Symbol.asyncIterator]();
  const first = quietly(iterator.next());
  let isFirst = true;
  return {
    [Symbol.asyncIterator]: () => ({
      next: () => {
        if (!isFirst) return iterator.next();
        isFirst = false;
        return first;
      },
      return: async () => (await iterator.return?.()) ?? { done: true, value: undefined },
    }),
  };
};
