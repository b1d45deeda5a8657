import type { Allocation } from "../contract/allocation.ts";
import type { MigrationId, Timestamp } from "../contract/ids.ts";

/** Addresses of members without an account, found by account name whatever its letter case. */
export interface AllocationStore {
  /** All of a migration, ascending by account name in lower case. */
  all(id: MigrationId): Promise<readonly Allocation[]>;
  /** False when the member has one already; it is left as it was. */
  create(allocation: Allocation): Promise<boolean>;
  /** Replaces the record only while it still equals `previous`; false when it had changed meanwhile. */
  replace(previous: Allocation, next: Allocation): Promise<boolean>;
  /** Removes the record only while it still equals this one; removing what is not there is no error. */
  remove(allocation: Allocation): Promise<void>;
  /** Claims the address for the allocation's member; false when it is another member's. */
  claimAddress(allocation: Allocation): Promise<boolean>;
  /** Gives the address up if it is the allocation's member's. */
  releaseAddress(allocation: Pick<Allocation, "migrationId" | "memberId" | "address">): Promise<void>;
  /** When everybody was last seen to; null before the first time. */
  endedAt(id: MigrationId): Promise<Timestamp | null>;
  noteEnded(id: MigrationId, at: Timestamp): Promise<void>;
}
