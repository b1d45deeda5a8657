import type { OperatorAnswer, OperatorCommand } from "../../events/operator-command.ts";
import { sameMember } from "../accounts/directory.ts";
import type { Migration } from "../contract/migration.ts";
import { amendMigration } from "../passes/amend-migration.ts";
import type { MigrationStore } from "../ports/migration-store.ts";
import { type AllocatePorts, allocate } from "./allocate.ts";
import { membersLeft } from "./members-left.ts";
import { byAccountName } from "./plan-allocation.ts";
import { planMembers } from "./plan-members.ts";
import { isSwitched } from "./tend-allocation.ts";

export interface AllocationCommandPorts extends AllocatePorts {
  readonly migrations: Pick<MigrationStore, "get" | "replace">;
}

type Command<Name extends OperatorCommand["command"]> = Extract<OperatorCommand, { command: Name }>;

/** Shows who would be given which address, a page at a time, ascending by account name. Nothing is kept. */
export const previewAllocation = async (
  app: AllocationCommandPorts,
  migration: Migration,
  { after, limit = 100 }: Command<"previewAllocation">,
): Promise<OperatorAnswer> => {
  if (migration.phase === "domain") return { outcome: "notWaiting" };
  const seen = await membersLeft(app, migration);
  if (seen === null) return { outcome: "noDirectory" };
  const { standing, fresh } = planMembers(seen, migration.domain, app.chineseNames);
  const lines = [
    ...standing.map(({ memberId, name, address, origin, state }) => ({
      memberId,
      name,
      address,
      origin,
      status: state.status,
    })),
    ...fresh.map((proposal) => ({ ...proposal, status: "proposed" as const })),
  ].sort((one, other) => byAccountName({ userid: one.memberId }, { userid: other.memberId }));
  const rest =
    after === undefined ? lines : lines.filter(({ memberId }) => sameMember(memberId) > sameMember(after));
  const page = rest.slice(0, limit);
  const last = page.at(-1);
  return {
    outcome: "done",
    allocation: {
      members: seen.members,
      left: seen.left.length,
      page,
      ...(last !== undefined && rest.length > page.length ? { next: last.memberId } : {}),
    },
  };
};

/**
 * 分配: from now on members without an account are given addresses, those who join later included. They are kept free at once, and
 * confirmed when the switch is verified.
 */
export const allocateOnCommand = async (
  app: AllocationCommandPorts,
  { migrationId, phase }: Migration,
  remainingMilliseconds: () => number,
): Promise<OperatorAnswer> => {
  if (phase === "domain") return { outcome: "notWaiting" };
  const migration = await amendMigration(app.migrations, migrationId, (current) =>
    current.settings.allocation === "assign"
      ? null
      : { ...current, settings: { ...current.settings, allocation: "assign" } },
  );
  const { outcome, ...allocation } = await allocate(
    app,
    migration,
    isSwitched(migration),
    remainingMilliseconds,
  );
  return { outcome, ...("members" in allocation ? { allocation } : {}) };
};
