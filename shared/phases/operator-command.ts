import type { OperatorAnswer, OperatorCommand } from "../../events/operator-command.ts";
import { allAccounts } from "../accounts/all-accounts.ts";
import type { Account } from "../contract/account.ts";
import type { MigrationId } from "../contract/ids.ts";
import type { Migration } from "../contract/migration.ts";
import { accountShards } from "../contract/table.ts";
import { refuseOtherDomain, refuseUnusable } from "../domain/check-settings.ts";
import { amendMigration, requireMigration } from "../passes/amend-migration.ts";
import { type EndWaitPorts, endWait } from "../passes/end-wait.ts";
import { type FanOutPorts, fanOut } from "../passes/fan-out.ts";
import { hasRefused } from "../passes/participation.ts";
import { type PassScope, requestPass } from "../passes/request-pass.ts";
import type { EventBus } from "../ports/event-bus.ts";
import type { MigrationStore } from "../ports/migration-store.ts";

export interface OperatorCommandPorts extends FanOutPorts, EndWaitPorts {
  readonly migrations: Pick<MigrationStore, "get" | "replace" | "getTaskToken" | "deleteTaskToken">;
  readonly bus: Pick<EventBus, "publishMxChange">;
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
  const migration = await requireMigration(app.migrations, command.migrationId);
  switch (command.command) {
    case "finishAccounts":
      return finishAccounts(app, migration);
    case "startPass":
      return startPass(app, migration, command, remainingMilliseconds);
    case "retryRefused":
      return retryRefused(app, migration, command, remainingMilliseconds);
    case "changeSettings":
      return changeSettings(app, command);
    case "confirmMxChange":
      return confirmMxChange(app, migration);
  }
};

/** The wish is recorded before the wait is ended: a workflow that comes to its wait only afterwards finds it there. */
const finishAccounts = async (app: OperatorCommandPorts, migration: Migration): Promise<OperatorAnswer> => {
  const { migrationId, phase } = migration;
  if (phase === "domain") return { outcome: "notWaiting" };
  if (phase !== "accounts") return { outcome: "alreadyDone" };
  if (!(await hasAccount(app.accounts, migrationId))) return { outcome: "noAccounts" };
  await amendMigration(app.migrations, migrationId, (current) =>
    current.phase === "accounts" && current.finishedAt === undefined
      ? { ...current, finishedAt: app.clock.now() }
      : null,
  );
  await endWait(app, migrationId, "accounts");
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

const startPass = async (
  app: OperatorCommandPorts,
  migration: Migration,
  { only }: Pick<PassScope, "only">,
  remainingMilliseconds: () => number,
): Promise<OperatorAnswer> => {
  const draining = migration.phase === "switch" && migration.switch.stage === "draining";
  return passOver(app, migration, draining ? "final" : "delta", { only }, remainingMilliseconds);
};

/**
 * Every pass tries refused messages again; this one tries nothing else, in no other mailbox: after a quota was raised or a limit
 * lifted. Always a delta pass, because it does not look for new mail, and so proves no old server empty.
 */
const retryRefused = async (
  app: OperatorCommandPorts,
  migration: Migration,
  { only }: Pick<PassScope, "only">,
  remainingMilliseconds: () => number,
): Promise<OperatorAnswer> => {
  const isConcerned = (account: Account): boolean =>
    hasRefused(account) && (only === undefined || only.length === 0 || only.includes(account.address));
  for await (const account of allAccounts(app.accounts, migration.migrationId)) {
    if (!isConcerned(account)) continue;
    return passOver(app, migration, "delta", { only, refusedOnly: true }, remainingMilliseconds);
  }
  return { outcome: "nothingRefused" };
};

const passOver = async (
  app: OperatorCommandPorts,
  migration: Migration,
  kind: "delta" | "final",
  scope: PassScope,
  remainingMilliseconds: () => number,
): Promise<OperatorAnswer> => {
  const requested = await requestPass(app, migration.migrationId, kind, scope);
  if (requested === null) return { outcome: "notCopying" };
  await fanOut(app, requested.migration, remainingMilliseconds);
  const { outcome } = requested;
  return { outcome: outcome === "requested" ? "done" : outcome, pass: requested.migration.pass.number };
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

const hasAccount = async (accounts: FanOutPorts["accounts"], id: MigrationId): Promise<boolean> => {
  for (let shard = 0; shard < accountShards; shard += 1) {
    if ((await accounts.page(id, shard, null)).accounts.length > 0) return true;
  }
  return false;
};
