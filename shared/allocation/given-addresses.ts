import type { MailAddress, MemberId, MigrationId } from "../contract/ids.ts";
import type { AllocationStore } from "../ports/allocation-store.ts";

/** The addresses that members have for good without having an account, and whose they are. */
export const givenAddresses = async (
  allocations: Pick<AllocationStore, "all">,
  id: MigrationId,
): Promise<ReadonlyMap<MailAddress, MemberId>> => {
  const confirmed = (await allocations.all(id)).filter(({ state }) => state.status === "confirmed");
  return new Map(confirmed.map(({ address, memberId }) => [address, memberId]));
};
