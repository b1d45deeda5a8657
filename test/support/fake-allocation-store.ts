import { isDeepStrictEqual } from "node:util";
import { Allocation } from "../../shared/contract/allocation.ts";
import type { MigrationId, Timestamp } from "../../shared/contract/ids.ts";
import type { AllocationStore } from "../../shared/ports/allocation-store.ts";

/** Allocations in memory, with the real store's conditions; what is written is parsed, as what is read back would be. */
export class FakeAllocationStore implements AllocationStore {
  readonly #allocations = new Map<string, Allocation>();
  readonly #holders = new Map<string, string>();
  readonly #ended = new Map<MigrationId, Timestamp>();

  async all(id: MigrationId): Promise<readonly Allocation[]> {
    const entries = [...this.#allocations].filter(([, { migrationId }]) => migrationId === id);
    return structuredClone(
      entries.sort(([one], [other]) => (one < other ? -1 : 1)).map(([, allocation]) => allocation),
    );
  }

  /** Who holds which address, for checks. */
  async holders(): Promise<Record<string, string>> {
    return Object.fromEntries(this.#holders);
  }

  async create(allocation: Allocation): Promise<boolean> {
    if (this.#allocations.has(keyOf(allocation))) return false;
    this.#allocations.set(keyOf(allocation), Allocation.parse(allocation));
    return true;
  }

  async replace(previous: Allocation, next: Allocation): Promise<boolean> {
    if (!isDeepStrictEqual(this.#allocations.get(keyOf(previous)), Allocation.parse(previous))) return false;
    this.#allocations.set(keyOf(previous), Allocation.parse(next));
    return true;
  }

  async remove(allocation: Allocation): Promise<void> {
    if (isDeepStrictEqual(this.#allocations.get(keyOf(allocation)), Allocation.parse(allocation)))
      this.#allocations.delete(keyOf(allocation));
  }

  async claimAddress({ address, memberId }: Allocation): Promise<boolean> {
    const holder = this.#holders.get(address) ?? memberId.toLowerCase();
    this.#holders.set(address, holder);
    return holder === memberId.toLowerCase();
  }

  async releaseAddress({ address, memberId }: Pick<Allocation, "address" | "memberId">): Promise<void> {
    if (this.#holders.get(address) === memberId.toLowerCase()) this.#holders.delete(address);
  }

  async endedAt(id: MigrationId): Promise<Timestamp | null> {
    return this.#ended.get(id) ?? null;
  }

  async noteEnded(id: MigrationId, at: Timestamp): Promise<void> {
    this.#ended.set(id, at);
  }
}

const keyOf = ({ migrationId, memberId }: Allocation): string => `${migrationId} ${memberId.toLowerCase()}`;
