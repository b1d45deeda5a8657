import type { MigrationId } from "../contract/ids.ts";
import type { Migration } from "../contract/migration.ts";
import { requireMigration } from "../passes/amend-migration.ts";
import { fanOut } from "../passes/fan-out.ts";
import { isCopying } from "../passes/participation.ts";
import { requestPass } from "../passes/request-pass.ts";
import { type SettlePassPorts, settlePass } from "../passes/settle-pass.ts";
import type { MigrationStore } from "../ports/migration-store.ts";
import { type ContinueDrainPorts, continueDrain } from "../switch/continue-drain.ts";
import { type WatchSwitchPorts, watchSwitch } from "../switch/watch-switch.ts";
import { isDeltaPassDue } from "./delta-due.ts";

export interface TickPorts extends SettlePassPorts, ContinueDrainPorts, WatchSwitchPorts {
  readonly migrations: Pick<MigrationStore, "get" | "list" | "replace" | "getTaskToken" | "deleteTaskToken">;
  readonly accounts: SettlePassPorts["accounts"] & ContinueDrainPorts["accounts"];
}

/** Less time than this is not enough to begin with another migration; the next tick does. */
const reserveMilliseconds = 10_000;

/**
 * Looks after everything that is due, and repairs what a crash left half done: fan-outs that stopped, passes that nobody
 * settled, delta passes, the MX watch, the drain. One migration's trouble does not keep the others waiting.
 * @throws AggregateError with the errors of every migration that could not be tended
 */
export const tick = async (app: TickPorts, remainingMilliseconds: () => number): Promise<void> => {
  const errors: unknown[] = [];
  for (const migration of await app.migrations.list()) {
    if (remainingMilliseconds() < reserveMilliseconds) break;
    if (!needsTending(migration)) continue;
    try {
      await tend(app, migration.migrationId, remainingMilliseconds);
    } catch (error) {
      errors.push(error);
    }
  }
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
