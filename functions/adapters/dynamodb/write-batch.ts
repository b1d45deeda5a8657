import { setTimeout as pause } from "node:timers/promises";

/** DynamoDB's limit for one BatchWriteItem. */
const together = 25;

/** Requests under way at the same time. */
const atOnce = 8;

/** With doubled pauses from 50 ms on these are some 12 seconds: longer than a table takes to grow under load is no throttling any more. */
const attempts = 8;
const firstPauseMilliseconds = 50;

/**
 * Hands the items over in batches; `write` gives back those that DynamoDB had no capacity for just now, which are handed over again
 * after a pause (BatchWriteItem, "UnprocessedItems": use exponential backoff). A new table on demand takes some 4,000 writes a second.
 *
 * @throws Error when some are still given back after several attempts, and what `write` throws
 */
export const writeBatch = async <Item>(
  items: readonly Item[],
  write: (batch: readonly Item[]) => Promise<readonly Item[]>,
  wait: (milliseconds: number) => Promise<unknown> = pause,
): Promise<void> => {
  let left = items;
  for (let attempt = 0; left.length > 0; attempt += 1) {
    if (attempt === attempts) throw new Error(`DynamoDB left ${left.length} items unwritten`);
    if (attempt > 0) await wait(firstPauseMilliseconds * 2 ** (attempt - 1) * (0.5 + Math.random()));
    const given: Item[] = [];
    const batches = inBatches(left);
    for (let start = 0; start < batches.length; start += atOnce) {
      const answers = await Promise.all(
        batches.slice(start, start + atOnce).map((batch) => write(batch).catch(orAllOf(batch))),
      );
      given.push(...answers.flat());
    }
    left = given;
  }
};

/** A request that is refused as a whole for want of capacity, after the SDK's own attempts, is given back as a whole. */
const orAllOf =
  <Item>(batch: readonly Item[]) =>
  (error: unknown): readonly Item[] => {
    if (error instanceof Error && wantOfCapacity.has(error.name)) return batch;
    throw error;
  };

/** DynamoDB Developer Guide, "Error handling": the client may try again. */
const wantOfCapacity: ReadonlySet<string> = new Set([
  "ProvisionedThroughputExceededException",
  "RequestLimitExceeded",
  "ThrottlingException",
]);

const inBatches = <Item>(items: readonly Item[]): readonly (readonly Item[])[] =>
  Array.from({ length: Math.ceil(items.length / together) }, (_unused, index) =>
    items.slice(index * together, (index + 1) * together),
  );
