/**
 * Takes items before they are asked for, so that whoever gives them and whoever uses them are busy at the same time. It stops
 * taking while the waiting ones hold `most` or more, by `sizeOf`. A failure is thrown when its turn comes.
 */
export async function* readAhead<Item>(
  items: AsyncIterable<Item>,
  sizeOf: (item: Item) => number,
  most: number,
): AsyncGenerator<Item> {
  const waiting: Item[] = [];
  let held = 0;
  let isLeft = false;
  let arrived = Promise.withResolvers<void>();
  let room = Promise.withResolvers<void>();
  const take = async (): Promise<void> => {
    for await (const item of items) {
      waiting.push(item);
      held += sizeOf(item);
      arrived.resolve();
      while (held >= most && !isLeft) {
        room = Promise.withResolvers();
        await room.promise;
      }
      if (isLeft) return;
    }
  };
  let end: { readonly failure?: unknown } | null = null;
  const taking = take().then(
    () => {
      end = {};
    },
    (failure: unknown) => {
      end = { failure };
    },
  );
  void taking.then(() => arrived.resolve());
  try {
    for (;;) {
      const item = waiting.shift();
      if (item !== undefined) {
        held -= sizeOf(item);
        room.resolve();
        yield item;
      } else if (end === null) {
        await arrived.promise;
        arrived = Promise.withResolvers();
      } else break;
    }
    rethrow(end);
  } finally {
    isLeft = true;
    room.resolve();
    await taking;
  }
}

const rethrow = (end: { readonly failure?: unknown }): void => {
  if ("failure" in end) throw end.failure;
};
