import { FetchedRecord, SlotRecord } from "../../../shared/contract/pace.ts";
import { keys } from "../../../shared/contract/table.ts";
import type { PaceStore } from "../../../shared/ports/pace-store.ts";
import type { StateTable } from "./state-table.ts";

/** Connection slots and daily amounts in the state table. Each slot is a partition of its own, so that none is hot. */
export const dynamoPaceStore = (table: StateTable): PaceStore => ({
  slot: (host, number) => table.get(keys.slot(host, number), SlotRecord),
  replaceSlot: (previous, next) => {
    const key = keys.slot(next.host, next.number);
    return previous === null ? table.create(key, next) : table.replace(key, previous, next);
  },
  fetched: ({ migrationId, address }) => table.get(keys.fetched(migrationId, address), FetchedRecord),
  replaceFetched: (previous, next) => {
    const key = keys.fetched(next.migrationId, next.address);
    return previous === null ? table.create(key, next) : table.replace(key, previous, next);
  },
});
