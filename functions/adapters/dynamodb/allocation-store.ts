import { AddressClaim, Allocation, AllocationRound } from "../../../shared/contract/allocation.ts";
import { MemberId } from "../../../shared/contract/ids.ts";
import { keys } from "../../../shared/contract/table.ts";
import type { AllocationStore } from "../../../shared/ports/allocation-store.ts";
import type { StateTable } from "./state-table.ts";

/** Allocations in the state table, with an item for each address beside them: whoever made it has the address. */
export const dynamoAllocationStore = (table: StateTable): AllocationStore => ({
  all: (id) => table.all(keys.allocations(id), Allocation),
  create: (allocation) => table.create(keyOf(allocation), allocation),
  replace: (previous, next) => table.replace(keyOf(next), previous, next),
  remove: (allocation) => table.remove(keyOf(allocation), allocation),
  claimAddress: async (allocation) => {
    const key = keys.allocatedAddress(allocation.migrationId, allocation.address);
    const claim = claimOf(allocation);
    if (await table.create(key, claim)) return true;
    return (await table.get(key, AddressClaim))?.memberId === claim.memberId;
  },
  releaseAddress: (allocation) =>
    table.remove(keys.allocatedAddress(allocation.migrationId, allocation.address), claimOf(allocation)),
  endedAt: async (id) => (await table.get(keys.allocationRound(id), AllocationRound))?.endedAt ?? null,
  noteEnded: (id, endedAt) => table.put(keys.allocationRound(id), { endedAt }),
});

const keyOf = ({ migrationId, memberId }: Allocation) => keys.allocation(migrationId, memberId);

/** With the account name in lower case: the directory may come to write it otherwise. */
const claimOf = ({ address, memberId }: Pick<Allocation, "address" | "memberId">): AddressClaim => ({
  address,
  memberId: MemberId.parse(memberId.toLowerCase()),
});
