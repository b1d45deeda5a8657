import { forEachBounded } from "../accounts/for-each-bounded.ts";
import type { Allocation } from "../contract/allocation.ts";
import type { Migration } from "../contract/migration.ts";
import type { AllocationStore } from "../ports/allocation-store.ts";
import type { ChineseNames } from "../ports/chinese-names.ts";
import type { Clock } from "../ports/clock.ts";
import { type MembersLeft, type MembersLeftPorts, membersLeft } from "./members-left.ts";
import { planMembers } from "./plan-members.ts";

export interface AllocatePorts extends MembersLeftPorts {
  readonly clock: Clock;
  readonly allocations: AllocationStore;
  readonly chineseNames: ChineseNames;
}

/** What became of it; `unfinished` goes on where it stopped when it is called again. */
export type Allocated =
  | { readonly outcome: "noDirectory" }
  | {
      readonly outcome: "done" | "unfinished";
      readonly members: number;
      /** Members without an account. */
      readonly left: number;
    };

/**
 * Members seen to at one time. Each is two writes of some six milliseconds to one partition of the table, which takes 1,000 a
 * second (DynamoDB developer guide, "Best practices for designing and using partition keys").
 */
const atOnce = 8;

/** Time kept back for what is under way, in milliseconds. */
const reserveMilliseconds = 10_000;

/** Somebody else who allocates at the same time is met once; more rounds than this are no coincidence. */
const roundsAtMost = 10;

/**
 * Gives every member who has no account an address and keeps it: planned, or confirmed when `confirms` says that the switch is
 * verified. Doing it again, from anywhere it was cut off or by two at the same time, comes to the same: a member's record is made
 * before the address is claimed, and whoever finds the address claimed by another plans anew.
 *
 * @throws DirectoryUnreadable
 */
export const allocate = async (
  app: AllocatePorts,
  migration: Pick<Migration, "migrationId" | "settings" | "domain">,
  confirms: boolean,
  remainingMilliseconds: () => number,
): Promise<Allocated> => {
  const seen = await membersLeft(app, migration);
  if (seen === null) return { outcome: "noDirectory" };
  const answer = { members: seen.members, left: seen.left.length };
  const taken = new Set(seen.taken);
  let before = seen.before;
  for (let round = 1; round <= roundsAtMost; round += 1) {
    const { lost, late } = await oneRound(
      app,
      migration,
      { ...seen, taken, before },
      confirms,
      remainingMilliseconds,
    );
    if (late) break;
    if (lost.length === 0) return { outcome: "done", ...answer };
    for (const { address } of lost) taken.add(address);
    before = await app.allocations.all(migration.migrationId);
  }
  return { outcome: "unfinished", ...answer };
};

/** What a round did not bring to its end: for want of time, or because somebody else was at work. */
interface Round {
  readonly late: boolean;
  readonly lost: readonly Allocation[];
}

const oneRound = async (
  app: AllocatePorts,
  { migrationId, domain }: Pick<Migration, "migrationId" | "domain">,
  seen: MembersLeft,
  confirms: boolean,
  remainingMilliseconds: () => number,
): Promise<Round> => {
  const { standing, overtaken, fresh } = planMembers(seen, domain, app.chineseNames);
  const since = app.clock.now();
  const lost: Allocation[] = [];
  let late = false;
  const each = (allocations: readonly Allocation[], work: (allocation: Allocation) => Promise<boolean>) =>
    forEachBounded(allocations, atOnce, async (allocation) => {
      if (remainingMilliseconds() < reserveMilliseconds) late = true;
      else if (!(await work(allocation))) lost.push(allocation);
    });
  await each(overtaken, (allocation) => giveUp(app, allocation));
  const planned = standing.filter(({ state }) => state.status === "planned");
  await each(planned, (allocation) => secure(app, allocation, confirms));
  const made = fresh.map(
    (proposal): Allocation => ({ migrationId, ...proposal, state: { status: "planned", since } }),
  );
  await each(
    made,
    async (allocation) =>
      (await app.allocations.create(allocation)) && (await secure(app, allocation, confirms)),
  );
  return { late, lost };
};

/** The address first: a record without a claim is found and done with the next time, a claim without a record is not. */
const giveUp = async ({ allocations }: AllocatePorts, allocation: Allocation): Promise<true> => {
  await allocations.releaseAddress(allocation);
  await allocations.remove(allocation);
  return true;
};

/** Claims a planned address for its member, and confirms it if that is due. False when somebody else was faster. */
const secure = async (
  { allocations, clock }: AllocatePorts,
  allocation: Allocation,
  confirms: boolean,
): Promise<boolean> => {
  if (!(await allocations.claimAddress(allocation))) {
    await allocations.remove(allocation);
    return false;
  }
  if (!confirms) return true;
  const state = { status: "confirmed", since: clock.now() } as const;
  return allocations.replace(allocation, { ...allocation, state });
};
