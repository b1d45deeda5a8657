import type { AllocatePorts } from "../allocation/allocate.ts";
import { tendAllocation } from "../allocation/tend-allocation.ts";
import type { MigrationId } from "../contract/ids.ts";
import type { Migration } from "../contract/migration.ts";
import { type AskForReadingPorts, askForReading } from "../directory/ask-for-reading.ts";
import { type ContinueRemindersPorts, continueReminders, requestReminders } from "../notices/remind.ts";
import { areRemindersDue } from "../notices/reminders-due.ts";
import { requireMigration } from "../passes/amend-migration.ts";
import { fanOut } from "../passes/fan-out.ts";
import { isCopying } from "../passes/participation.ts";
import { requestPass } from "../passes/request-pass.ts";
import { type SettlePassPorts, settlePass } from "../passes/settle-pass.ts";
import type { MigrationStore } from "../ports/migration-store.ts";
import type { WorkQueue } from "../ports/work-queue.ts";
import { type ContinueDrainPorts, continueDrain } from "../switch/continue-drain.ts";
import { type WatchSwitchPorts, watchSwitch } from "../switch/watch-switch.ts";
import { isDeltaPassDue } from "./delta-due.ts";
import { type RecoverLostPorts, recoverLost } from "./recover-lost.ts";

export interface TickPorts
  extends SettlePassPorts,
    ContinueDrainPorts,
    WatchSwitchPorts,
    AskForReadingPorts,
    ContinueRemindersPorts,
    AllocatePorts,
    RecoverLostPorts {
  readonly migrations: Pick<MigrationStore, "get" | "list" | "replace" | "getTaskToken" | "deleteTaskToken">;
  readonly accounts: SettlePassPorts["accounts"] & ContinueDrainPorts["accounts"];
  readonly workQueue: Pick<WorkQueue, "send" | "backlog">;
}

/** Less time than this is not enough to begin with another migration; the next tick does. */
const reserveMilliseconds = 10_000;

/**
 * Looks after everything that is due, and repairs what a crash left half done: fan-outs that stopped, passes that nobody
 * settled, delta passes, the MX watch, the drain, mailboxes whose work was lost, addresses for members left over. One migration's
 * trouble does not keep the others waiting, nor one kind of it the rest of its own migration.
 * @throws AggregateError with the errors of everything that could not be tended
 */
export const tick = async (app: TickPorts, remainingMilliseconds: () => number): Promise<void> => {
  const errors: unknown[] = [];
  const forEach = async (work: (migration: Migration) => Promise<void>): Promise<void> => {
    for (const migration of await app.migrations.list()) {
      if (remainingMilliseconds() < reserveMilliseconds) break;
      await work(migration).catch((error: unknown) => errors.push(error));
    }
  };
  await forEach(async (migration) => {
    if (needsTending(migration)) await tend(app, migration.migrationId, remainingMilliseconds);
  });
  await forEach((migration) => recoverLost(app, migration, remainingMilliseconds));
  // After all else: nobody's mail waits for a directory or an address.
  await forEach(async (migration) => {
    await askForReading(app, migration);
    await tendAllocation(app, migration, remainingMilliseconds);
  });
  if (errors.length > 0) throw new AggregateError(errors, summaryOf(errors));
};

/** A closed migration sleeps, unless somebody made it run another pass. */
const needsTending = (migration: Migration): boolean =>
  isCopying(migration) && (migration.phase !== "closed" || migration.pass.settledAt === undefined);

const tend = async (
  app: TickPorts,
  migrationId: MigrationId,
  remainingMilliseconds: () => number,
): Promise<void> => {
  const found = await requireMigration(app.migrations, migrationId);
  if (isCopying(found) && !found.pass.fannedOut) await fanOut(app, found, remainingMilliseconds);
  if (areRemindersDue(found, app.clock.now())) await requestReminders(app, found);
  await continueReminders(app, found, remainingMilliseconds);
  await settlePass(app, migrationId);
  const migration = await requireMigration(app.migrations, migrationId);
  if (migration.failure !== undefined) return;
  if (migration.phase === "switch") await watchSwitch(app, migration);
  if (isDeltaPassDue(migration, app.clock.now())) {
    await requestPass(app, migrationId, "delta");
    await fanOut(app, migration, remainingMilliseconds);
  }
  if (migration.phase === "switch" && migration.switch.stage === "draining") {
    await continueDrain(app, migrationId, remainingMilliseconds);
  }
};

const summaryOf = (errors: readonly unknown[]): string =>
  errors.map((error) => (error instanceof Error ? error.message : String(error))).join("; ");
