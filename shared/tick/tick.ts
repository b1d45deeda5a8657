import type { AllocatePorts } from "../allocation/allocate.ts";
import { tendAllocation } from "../allocation/tend-allocation.ts";
import type { Timestamp } from "../contract/ids.ts";
import type { Migration } from "../contract/migration.ts";
import { type AskForReadingPorts, askForReading } from "../directory/ask-for-reading.ts";
import {
  areUnderWay,
  type ContinueRemindersPorts,
  continueReminders,
  requestReminders,
} from "../notices/remind.ts";
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
import { secondsBetween } from "../time/moment.ts";
import { isDeltaPassDue } from "./delta-due.ts";
import { mayHaveLost, type RecoverLostPorts, recoverLost } from "./recover-lost.ts";

export interface TickPorts
  extends SettlePassPorts,
    ContinueDrainPorts,
    WatchSwitchPorts,
    AskForReadingPorts,
    ContinueRemindersPorts,
    AllocatePorts,
    RecoverLostPorts {
  readonly migrations: Pick<MigrationStore, "get" | "list" | "replace" | "earlierTaskToken">;
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
  const found = await app.migrations.list();
  const forEach = async (
    concerned: (migration: Migration) => boolean,
    work: (migration: Migration) => Promise<void>,
  ): Promise<void> => {
    // Most have nothing to do with it, and need not be read again as they stand after what was done before.
    if (!found.some(concerned)) return;
    for (const migration of await app.migrations.list()) {
      if (remainingMilliseconds() < reserveMilliseconds) break;
      if (concerned(migration)) await work(migration).catch((error: unknown) => errors.push(error));
    }
  };
  for (const migration of found) {
    if (remainingMilliseconds() < reserveMilliseconds) break;
    if (needsTending(migration))
      await tend(app, migration, remainingMilliseconds).catch((error: unknown) => errors.push(error));
  }
  await forEach(
    (migration) => mayHaveLost(migration, app.clock.now()),
    (migration) => recoverLost(app, migration, remainingMilliseconds),
  );
  // After all else: nobody's mail waits for a directory or an address.
  await forEach(mayWantMembers, async (migration) => {
    await askForReading(app, migration);
    await tendAllocation(app, migration, remainingMilliseconds);
  });
  if (errors.length > 0) throw new AggregateError(errors, summaryOf(errors));
};

/** A closed migration sleeps, unless somebody made it run another pass. */
const needsTending = (migration: Migration): boolean =>
  isCopying(migration) && (migration.phase !== "closed" || migration.pass.settledAt === undefined);

/** Whether its members are read of WeCom now and then, or given addresses. */
const mayWantMembers = ({ settings: { directory, allocation } }: Migration): boolean =>
  directory.kind === "wecom" || allocation === "assign";

/**
 * Seconds that a pass has to itself. Whoever ends a mailbox settles the pass; the tick only repairs what somebody who died has left, and where
 * one comes every second, reading all accounts at once would take the machine from those who work on them.
 */
const headStartSeconds = 5;

const hasHeadStart = (migration: Migration, now: Timestamp): boolean =>
  isCopying(migration) &&
  migration.phase === "history" &&
  migration.pass.fannedOut &&
  migration.pass.settledAt === undefined &&
  secondsBetween(migration.pass.requestedAt, now) < headStartSeconds;

/** `found` may have changed since it was read: whoever acts on it looks again. */
const tend = async (app: TickPorts, found: Migration, remainingMilliseconds: () => number): Promise<void> => {
  const { migrationId } = found;
  if (isCopying(found) && !found.pass.fannedOut) await fanOut(app, found, remainingMilliseconds);
  const areDue = areRemindersDue(found, app.clock.now());
  if (areDue) await requestReminders(app, found);
  if (areDue || areUnderWay(found)) await continueReminders(app, found, remainingMilliseconds);
  if (hasHeadStart(found, app.clock.now())) return;
  const end = await settlePass(app, migrationId);
  // While a pass of the history runs, nothing else can be due.
  if (end === "running" && found.phase === "history") return;
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
