import type { OpenPhase } from "../../events/open-phase.ts";
import { MailferryError } from "../contract/errors.ts";
import { PassNumber, type Timestamp } from "../contract/ids.ts";
import type { Migration } from "../contract/migration.ts";
import { isPast, type WaitingPhase } from "../contract/phases.ts";
import { keys } from "../contract/table.ts";
import { amendMigration, requireMigration } from "../passes/amend-migration.ts";
import { endWait } from "../passes/end-wait.ts";
import { type FanOutPorts, fanOut } from "../passes/fan-out.ts";
import { isCopying } from "../passes/participation.ts";
import { type SettlePassPorts, settlePass } from "../passes/settle-pass.ts";
import type { AccountStore } from "../ports/account-store.ts";
import type { MigrationStore } from "../ports/migration-store.ts";

export interface OpenPhasePorts extends SettlePassPorts, FanOutPorts {
  readonly migrations: Omit<MigrationStore, "list" | "create">;
  readonly accounts: Pick<AccountStore, "page" | "replace" | "mayHaveOpen">;
}

/**
 * Opens a phase that the workflow then waits for. The token is kept before anything else, so that whoever reaches the goal
 * from now on can end the wait; then the migration moves into the phase, unless it already stands there or further on,
 * and a goal that is already reached ends the wait at once. Doing it again, with the same token or a newer one, is harmless.
 * @throws MigrationUnknown
 */
export const openPhase = async (
  app: OpenPhasePorts,
  { migrationId, phase, taskToken }: OpenPhase,
  remainingMilliseconds: () => number,
): Promise<void> => {
  await requireMigration(app.migrations, migrationId);
  await app.migrations.putTaskToken(migrationId, phase, taskToken);
  const migration = await amendMigration(app.migrations, migrationId, (current) =>
    current.phase === phase || isPast(phase, current.phase) ? null : advance(current, phase, app.clock.now()),
  );
  if (isPast(phase, migration.phase) || isFinished(migration)) {
    await endWait(app, migrationId, phase);
    return;
  }
  if (!isCopying(migration)) return;
  if (!migration.pass.fannedOut) await fanOut(app, migration, remainingMilliseconds);
  await settlePass(app, migrationId);
};

/** The operator was faster than the workflow: the phase had been ended before its wait began. */
const isFinished = (migration: Migration): boolean =>
  migration.phase === "accounts" && migration.finishedAt !== undefined;

/** The migration one phase further on. The workflow's own order is the only one there is. */
const advance = (migration: Migration, phase: WaitingPhase, now: Timestamp): Migration => {
  if (migration.phase === "accounts" && phase === "history") {
    const pass = {
      number: PassNumber.parse(1),
      kind: "initial",
      requestedAt: now,
      fannedOut: false,
    } as const;
    const { finishedAt: _finishedAt, ...rest } = migration;
    return { ...rest, phase, pass };
  }
  if (migration.phase === "history" && phase === "switch") {
    return { ...migration, phase, switch: { stage: "awaitingMx", since: now } };
  }
  const { pk, sk } = keys.migration(migration.migrationId);
  const reason = `its phase is ${migration.phase}, from which ${phase} cannot be opened`;
  throw new MailferryError("RecordUnreadable", { key: `${pk} ${sk}`, reason });
};
