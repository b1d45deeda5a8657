import { FetchedRecord, SlotRecord } from "../../shared/contract/pace.ts";
import { keys } from "../../shared/contract/table.ts";
import type { MailboxKey } from "../../shared/ports/mailbox-store.ts";
import type { PaceStore } from "../../shared/ports/pace-store.ts";

/** Slots and daily amounts in memory, read and written as the table would. */
export class FakePaceStore implements PaceStore {
  readonly slots = new Map<string, SlotRecord>();
  readonly amounts = new Map<string, FetchedRecord>();

  async slot(host: string, number: number): Promise<SlotRecord | null> {
    return this.slots.get(keys.slot(host, number).pk) ?? null;
  }

  async replaceSlot(previous: SlotRecord | null, next: SlotRecord): Promise<boolean> {
    return replaceIn(this.slots, keys.slot(next.host, next.number).pk, previous, SlotRecord.parse(next));
  }

  async fetched({ migrationId, address }: MailboxKey): Promise<FetchedRecord | null> {
    return this.amounts.get(keys.fetched(migrationId, address).pk) ?? null;
  }

  async replaceFetched(previous: FetchedRecord | null, next: FetchedRecord): Promise<boolean> {
    const { pk } = keys.fetched(next.migrationId, next.address);
    return replaceIn(this.amounts, pk, previous, FetchedRecord.parse(next));
  }

  /** Who holds a slot by the record, whether or not it has run out. */
  get holders(): readonly string[] {
    return [...this.slots.values()].flatMap(({ holder }) => holder ?? []);
  }
}

/** Writes only while what is stored is what `previous` says. */
const replaceIn = <Stored>(
  records: Map<string, Stored>,
  pk: string,
  previous: Stored | null,
  next: Stored,
): boolean => {
  if (JSON.stringify(records.get(pk) ?? null) !== JSON.stringify(previous)) return false;
  records.set(pk, next);
  return true;
};
