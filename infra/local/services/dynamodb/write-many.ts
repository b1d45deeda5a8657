import type { DynaliteStore } from "dynalite/db/index.js";
import { z } from "zod";
import type { Metering } from "../../metering.ts";
import { batchWriteItemAction } from "./actions.ts";
import { perform } from "./perform.ts";
import { putTogether } from "./put-together.ts";

const Put = z.strictObject({ PutRequest: z.strictObject({ Item: z.record(z.string(), z.unknown()) }) });
const PutsIntoOneTable = z.strictObject({
  RequestItems: z
    .record(z.string(), z.array(Put).min(1).max(25))
    .refine((tables) => Object.keys(tables).length === 1),
});

/** BatchWriteItem: items put into one table are put together, every other request is dynalite's. @throws {Refusal} */
export const writeMany = async (store: DynaliteStore, data: object, metering: Metering): Promise<unknown> => {
  const asked = PutsIntoOneTable.safeParse(data);
  if (!asked.success) return perform(store, batchWriteItemAction, data, metering);
  for (const [table, puts] of Object.entries(asked.data.RequestItems)) {
    const items = puts.map(({ PutRequest }) => PutRequest.Item);
    await putTogether(store, table, items, "replace", metering);
  }
  return { UnprocessedItems: {} };
};
