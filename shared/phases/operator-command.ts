import type { OperatorAnswer, OperatorCommand } from "../../events/operator-command.ts";
import { shards } from "../accounts/all-accounts.ts";
import { type ClearAccountsPorts, clearAccounts } from "../accounts/clear-accounts.ts";
import {
  type AllocationCommandPorts,
  allocateOnCommand,
  previewAllocation,
} from "../allocation/allocation-commands.ts";
import type { MigrationId } from "../contract/ids.ts";
import type { Migration } from "../contract/migration.ts";
import { readOnCommand } from "../directory/read-on-command.ts";
import { refuseOtherDomain, refuseUnusable } from "../domain/check-settings.ts";
import type { RemindPorts } from "../notices/remind.ts";
import { remindCommand } from "../notices/remind-command.ts";
import { amendMigration, requireMigration } from "../passes/amend-migration.ts";
import { type EndWaitPorts, endWait } from "../passes/end-wait.ts";
import type { FanOutPorts } from "../passes/fan-out.ts";
import type { DirectoryReader } from "../ports/directory-reader.ts";
import type { EventBus } from "../ports/event-bus.ts";
import type { MigrationStore } from "../ports/migration-store.ts";
import { type ConfirmDeletionsPorts, confirmDeletions } from "./confirm-deletions.ts";
import { retryRefused, type StartPassPorts, startPass } from "./start-pass.ts";

export interface OperatorCommandPorts
  extends RemindPorts,
    StartPassPorts,
    EndWaitPorts,
    AllocationCommandPorts,
    ConfirmDeletionsPorts,
    ClearAccountsPorts {
  readonly migrations: Pick<MigrationStore, "get" | "replace" | "earlierTaskToken">;
  readonly bus: Pick<EventBus, "publishMxChange">;
  readonly directoryReader: Pick<DirectoryReader, "read">;
  readonly accounts: StartPassPorts["accounts"] & RemindPorts["accounts"] & ClearAccountsPorts["accounts"];
  readonly memberLinks: ClearAccountsPorts["memberLinks"];
}

/**
 * Does what an operator asks for. What cannot be done where the migration now stands is an answer, not an error.
 * @throws MigrationUnknown
 */
export const operatorCommand = async (
  app: OperatorCommandPorts,
  command: OperatorCommand,
  remainingMilliseconds: () => number,
): Promise<OperatorAnswer> => {
  if (command.command === "finishAccounts") return finishAccounts(app, command);
  const migration = await requireMigration(app.migrations, command.migrationId);
  switch (command.command) {
    case "startPass":
      return startPass(app, migration, command, remainingMilliseconds);
    case "retryRefused":
      return retryRefused(app, migration, command, remainingMilliseconds);
    case "remind":
      return remindCommand(app, migration, command, remainingMilliseconds);
    case "clearAccounts":
      return clearAccounts(app, migration, command, remainingMilliseconds);
    case "changeSettings":
      return changeSettings(app, command);
    case "readDirectory":
      return readOnCommand(app, command);
    case "previewAllocation":
      return previewAllocation(app, migration, command);
    case "allocate":
      return allocateOnCommand(app, migration, remainingMilliseconds);
    case "confirmDeletions":
      return confirmDeletions(app, command);
    case "confirmMxChange":
      return confirmMxChange(app, migration);
  }
};

/** The wish is recorded before the wait is ended: a workflow that comes to its wait only afterwards, or once more, finds it there. */
const finishAccounts = async (
  app: OperatorCommandPorts,
  { migrationId }: Pick<OperatorCommand, "migrationId">,
): Promise<OperatorAnswer> => {
  const [found, isAnyThere] = await Promise.all([
    requireMigration(app.migrations, migrationId),
    hasAccount(app.accounts, migrationId),
  ]);
  if (found.phase === "domain") return { outcome: "notWaiting" };
  if (found.phase !== "accounts") return { outcome: "alreadyDone" };
  if (!isAnyThere) return { outcome: "noAccounts" };
  const now = app.clock.now();
  const finished = await amendMigration(
    app.migrations,
    migrationId,
    (current) =>
      current.phase === "accounts" && current.finishedAt === undefined
        ? { ...current, finishedAt: now }
        : null,
    found,
  );
  if (finished.phase === "accounts") await endWait(app, finished);
  return { outcome: "done" };
};

/** A new document for the same domain. Whoever works with the old one finishes that piece of work with it. */
const changeSettings = async (
  app: OperatorCommandPorts,
  { migrationId, settings }: Extract<OperatorCommand, { command: "changeSettings" }>,
): Promise<OperatorAnswer> => {
  refuseUnusable(settings);
  await amendMigration(app.migrations, migrationId, (current) => {
    refuseOtherDomain(current, settings);
    return { ...current, settings };
  });
  return { outcome: "done" };
};

const confirmMxChange = async (app: OperatorCommandPorts, migration: Migration): Promise<OperatorAnswer> => {
  const { domain, migrationId, phase } = migration;
  if (phase === "closed") return { outcome: "alreadyDone" };
  if (phase !== "switch") return { outcome: "notWaiting" };
  await app.bus.publishMxChange({
    domain,
    migrationId,
    origin: "admin-confirmed",
    observedAt: app.clock.now(),
  });
  return { outcome: "done" };
};

/** One account of each shard is asked for at the same time: the operator waits. */
const hasAccount = async (accounts: FanOutPorts["accounts"], id: MigrationId): Promise<boolean> => {
  const first = await Promise.all(shards.map((shard) => accounts.page(id, shard, null, 1)));
  return first.some((page) => page.accounts.length > 0);
};
