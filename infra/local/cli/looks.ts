import { setTimeout as pause } from "node:timers/promises";
import type { WatchedItem } from "../services/dynamodb/watched-items.ts";
import { longestMilliseconds, pauseAfter } from "./pause-after.ts";

/** When to look again at a record of the table that one waits for. */
export interface Looks extends Disposable {
  /** Resolves when it is worth another look, `waitedMilliseconds` after the first one. */
  again(waitedMilliseconds: number): Promise<void>;
}

/** The key of a record. */
export type RecordKey = Readonly<Record<"pk" | "sk", string>>;

/** Makes the looks at a record. To be called before the first of them, so that nothing is missed in between. */
export type LooksAt = (key: RecordKey) => Looks;

/** Of a pipeline somewhere else nothing is heard: one looks from time to time. */
export const timedLooks: LooksAt = () => ({
  again: (waitedMilliseconds) => pause(pauseAfter(waitedMilliseconds)),
  [Symbol.dispose]: () => undefined,
});

/** Calls `written` whenever the item is written. */
export type Watch = (item: WatchedItem, written: () => void) => Disposable;

/**
 * Of a pipeline in this process a write is heard: one looks when there is something to see, at once, and not while others work. Time makes
 * one look all the same, because not everything that a wait shows stands in that one record.
 */
export const looksWhenWritten =
  (watch: Watch, table: string): LooksAt =>
  (key) => {
    let write = Promise.withResolvers<void>();
    const watching = watch({ table, key }, () => write.resolve());
    return {
      again: async () => {
        const stop = new AbortController();
        const longest = pause(longestMilliseconds, undefined, { signal: stop.signal }).catch(() => undefined);
        await Promise.race([write.promise, longest]);
        stop.abort();
        // Before the look: what is written during it is another one's reason.
        write = Promise.withResolvers();
      },
      [Symbol.dispose]: () => watching[Symbol.dispose](),
    };
  };
