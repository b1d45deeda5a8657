import { z } from "zod";

/** One item: its table and its key, whose attributes are strings. */
export interface WatchedItem {
  readonly table: string;
  readonly key: Readonly<Record<string, string>>;
}

/** Called whenever somebody is told that the item has been written. */
type Written = () => void;

const WriteOfOne = z.looseObject({
  TableName: z.string(),
  Item: z.record(z.string(), z.unknown()).optional(),
  Key: z.record(z.string(), z.unknown()).optional(),
});

/**
 * Tells who waits for an item in this very process that it has been written, so that nobody need read it again and again meanwhile. Only
 * of items written by themselves (PutItem, UpdateItem, DeleteItem): of many at once nobody waits for one.
 */
export class WatchedItems {
  readonly #watches = new Set<{ readonly item: WatchedItem; readonly written: Written }>();

  /** Calls `written` at each write of the item from now on, until what is given back is disposed of. */
  watch(item: WatchedItem, written: Written): Disposable {
    const watch = { item, written };
    this.#watches.add(watch);
    return { [Symbol.dispose]: () => void this.#watches.delete(watch) };
  }

  /** To be called when a request that writes one item has been carried out. */
  told(request: object): void {
    if (this.#watches.size === 0) return;
    const { data } = WriteOfOne.safeParse(request);
    const attributes = data?.Item ?? data?.Key;
    if (attributes === undefined) return;
    for (const { item, written } of this.#watches)
      if (item.table === data?.TableName && isKeyOf(item.key, attributes)) written();
  }
}

const isKeyOf = (key: WatchedItem["key"], attributes: Readonly<Record<string, unknown>>): boolean =>
  Object.entries(key).every(([name, value]) => StringValue.safeParse(attributes[name]).data?.S === value);

const StringValue = z.strictObject({ S: z.string() });
