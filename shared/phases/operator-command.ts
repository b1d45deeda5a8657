import type { OperatorAnswer, OperatorCommand } from "../../events/operator-command.ts";
import { type ClearAccountsPorts, clearAccounts } from "../accounts/clear-accounts.ts";
import {
  type AllocationCommandPorts,
  allocateOnCommand,
  previewAllocation,
} from "../allocation/allocation-commands.ts";
import type { Migration } from "../contract/migration.ts";
import { readOnCommand } from "../directory/read-on-command.ts";
import { refuseOtherDomain, refuseUnusable } from "../domain/check-settings.ts";
import type { RemindPorts } from "../notices/remind.ts";
import { remindCommand } from "../notices/remind-command.ts";
import { amendMigration, requireMigration } from "../passes/amend-migration.ts";
import type { DirectoryReader } from "../ports/directory-reader.ts";
import type { EventBus } from "../ports/event-bus.ts";
import type { MigrationStore } from "../ports/migration-store.ts";
import { type ConfirmDeletionsPorts, confirmDeletions } from "./confirm-deletions.ts";
import { type FinishAccountsPorts, finishAccounts } from "./finish-accounts.ts";
import { retryRefused, type StartPassPorts, startPass } from "./start-pass.ts";

export interface OperatorCommandPorts
  extends RemindPorts,
    StartPassPorts,
    FinishAccountsPorts,
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
  if (command.command === "finishAccounts")
    return { outcome: await finishAccounts(app, command.migrationId) };
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
