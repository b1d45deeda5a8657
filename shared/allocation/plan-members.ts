import { sameMember } from "../accounts/directory.ts";
import type { Allocation } from "../contract/allocation.ts";
import type { ChineseNames } from "../ports/chinese-names.ts";
import type { MembersLeft } from "./members-left.ts";
import { type Proposal, planAllocation } from "./plan-allocation.ts";

/** What is to become of everybody who has no account. */
export interface AllocationPlan {
  /** Allocations that stay as they are, ascending by account name. */
  readonly standing: readonly Allocation[];
  /** Planned ones that came to nothing: the member has an account now or is gone, or an account needs the address. */
  readonly overtaken: readonly Allocation[];
  /** Addresses for members who have none yet. */
  readonly fresh: readonly Proposal[];
}

/** Decides for all members left over, around what was allocated before. What is confirmed is never touched again. */
export const planMembers = (
  { left, taken, accounts, before }: MembersLeft,
  domain: string,
  chinese: ChineseNames,
): AllocationPlan => {
  const isLeft = new Set(left.map(({ userid }) => sameMember(userid)));
  const isOvertaken = ({ state, memberId, address }: Allocation): boolean =>
    state.status === "planned" && (!isLeft.has(sameMember(memberId)) || accounts.has(address));
  const standing = before.filter((allocation) => !isOvertaken(allocation));
  const has = new Set(standing.map(({ memberId }) => sameMember(memberId)));
  return {
    standing,
    overtaken: before.filter(isOvertaken),
    fresh: planAllocation(
      {
        domain,
        members: left.filter(({ userid }) => !has.has(sameMember(userid))),
        taken: [...taken, ...standing.map(({ address }) => address)],
      },
      chinese,
    ),
  };
};
