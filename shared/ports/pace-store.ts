import type { FetchedRecord, SlotRecord } from "../contract/pace.ts";
import type { MailboxKey } from "./mailbox-store.ts";

/** What all workers together have taken of the old servers. */
export interface PaceStore {
  /** A consistent read; null for a slot that was never used. */
  slot(host: string, number: number): Promise<SlotRecord | null>;
  /** Writes the slot only while it is what `previous` says (null: not there); false when somebody else wrote meanwhile. */
  replaceSlot(previous: SlotRecord | null, next: SlotRecord): Promise<boolean>;
  /** What was fetched from a mailbox on the day it was fetched from last; null when that was never counted. */
  fetched(mailbox: MailboxKey): Promise<FetchedRecord | null>;
  /** Writes it only while it is what `previous` says (null: never counted); false when somebody else wrote meanwhile. */
  replaceFetched(previous: FetchedRecord | null, next: FetchedRecord): Promise<boolean>;
}
