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
    const { pk } = keys.slot(next.host, next.number);
    const stored = this.slots.get(pk) ?? null;
    if (JSON.stringify(stored) !== JSON.stringify(previous)) return false;
    this.slots.set(pk, SlotRecord.parse(next));
    return true;
  }

  async fetched({ migrationId, address }: MailboxKey): Promise<FetchedRecord | null> {
    return this.amounts.get(keys.fetched(migrationId, address).pk) ?? null;
  }

  async replaceFetched(previous: FetchedRecord | null, next: FetchedRecord): Promise<boolean> {
    const { pk } = keys.fetched(next.migrationId, next.address);
    const stored = this.amounts.get(pk) ?? null;
    if (JSON.stringify(stored) !== JSON.stringify(previous)) return false;
    this.amounts.set(pk, FetchedRecord.parse(next));
    return true;
  }

  /** Who holds a slot by the record, whether or not it has run out. */
  get holders(): readonly string[] {
    return [...this.slots.values()].flatMap(({ holder }) => holder ?? []);
  }
}
