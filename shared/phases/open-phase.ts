import type { OpenPhase } from "../../events/open-phase.ts";
import { MailferryError } from "../contract/errors.ts";
import { PassNumber, type Timestamp } from "../contract/ids.ts";
import type { Migration, MigrationIn } from "../contract/migration.ts";
import { isPast, type WaitingPhase } from "../contract/phases.ts";
import { keys } from "../contract/table.ts";
import { quietly } from "../copy/quietly.ts";
import { amendMigration } from "../passes/amend-migration.ts";
import { endWait } from "../passes/end-wait.ts";
import { type FanOutPorts, fanOut, firstPagesOf } from "../passes/fan-out.ts";
import { type CopyingMigration, isCopying, standingOf } from "../passes/participation.ts";
import { type SettlePassPorts, settlePass } from "../passes/settle-pass.ts";
import type { AccountPage, AccountStore } from "../ports/account-store.ts";
import type { MigrationStore } from "../ports/migration-store.ts";

export interface OpenPhasePorts extends SettlePassPorts, FanOutPorts {
  readonly migrations: Omit<MigrationStore, "list" | "create">;
  readonly accounts: Pick<AccountStore, "get" | "page" | "replace" | "mayHaveOpen">;
}

/**
 * Opens a phase that the workflow then waits for. The migration moves into the phase, unless it already stands there, and with the same
 * write keeps the token, so that whoever reaches the goal from now on can end the wait. A goal that is already reached ends the
 * wait at once, and so does a migration that stands further on. Doing it again, with the same token or a newer one, is harmless.
 * @throws MigrationUnknown
 */
export const openPhase = async (
  app: OpenPhasePorts,
  { migrationId, phase, taskToken }: OpenPhase,
  remainingMilliseconds: () => number,
): Promise<void> => {
  const opening = amendMigration(app.migrations, migrationId, (current) => {
    if (isPast(phase, current.phase)) return null;
    const opened = isIn(current, phase) ? current : advance(current, phase, app.clock.now());
    return opened.taskToken === taskToken ? null : { ...opened, taskToken };
  });
  // Along with it: an account that comes in between is found by the proof that the pass has ended.
  const firstPages = phase === "history" ? quietly(firstPagesOf(app.accounts, migrationId)) : undefined;
  const migration = await opening;
  if (isPast(phase, migration.phase)) {
    await app.workflow.succeed(taskToken);
    return;
  }
  if (migration.phase === "accounts" && migration.finishedAt !== undefined) {
    // The operator was faster than the workflow: the phase had been ended before its wait began.
    await endWait(app, migration);
    return;
  }
  if (!isCopying(migration)) return;
  if (migration.pass.fannedOut) {
    await settlePass(app, migrationId, migration);
    return;
  }
  await fanOut(app, migration, remainingMilliseconds, { migration, firstPages });
  if (!(await isUnderWay(app, migration, (await firstPages) ?? []))) await settlePass(app, migrationId);
};

/** Whether an account is on its way still: then its end finds the pass fanned out and settles it. */
const isUnderWay = async (
  { accounts }: Pick<OpenPhasePorts, "accounts">,
  { migrationId, pass }: CopyingMigration,
  pages: readonly AccountPage[],
): Promise<boolean> => {
  const one = pages.flatMap((page) => page.accounts[0] ?? [])[0];
  const account = one === undefined ? null : await accounts.get(migrationId, one.address);
  return account !== null && standingOf(account, pass) === "running";
};

type Waiting = MigrationIn<WaitingPhase>;

const isIn = (migration: Migration, phase: WaitingPhase): migration is Waiting => migration.phase === phase;

/** The migration one phase further on. The workflow's own order is the only one there is. */
const advance = (migration: Migration, phase: WaitingPhase, now: Timestamp): Waiting => {
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
