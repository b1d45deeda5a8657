import type { MigrationId } from "../contract/ids.ts";
import type { Migration } from "../contract/migration.ts";
import type { Pass } from "../contract/pass.ts";
import type { MigrationStore } from "../ports/migration-store.ts";
import { amendMigration } from "./amend-migration.ts";
import { type CopyingMigration, isCopying } from "./participation.ts";

type Migrations = Pick<MigrationStore, "get" | "replace">;

/** Opens a pass that was fanned out, for accounts found since; settled, it is not any more. One that is open, or a newer pass, is left alone. */
export const openAgain = async (
  migrations: Migrations,
  id: MigrationId,
  { number }: Pick<Pass, "number">,
): Promise<void> => {
  await amendPass(migrations, id, number, (pass) =>
    pass.fannedOut ? { ...reopened(pass), fannedOut: false } : null,
  );
};

/**
 * Records that every plan of the pass is on the queue, and how many accounts there are. A record that already says so, or a newer pass,
 * is left alone. The migration as it was just read need not be read once more.
 */
export const setFannedOut = async (
  migrations: Migrations,
  migration: CopyingMigration,
  accounts: number,
): Promise<void> => {
  const { migrationId, pass } = migration;
  const fannedOut = (current: Pass): Pass | null =>
    current.fannedOut ? null : { ...unsettled(current), fannedOut: true, accounts };
  await amendPass(migrations, migrationId, pass.number, fannedOut, migration);
};

/** After accounts were added to a pass: `fannedOut` as before they were, and not settled, whoever may have settled it meanwhile. */
export const keepUnsettled = async (
  migrations: Migrations,
  id: MigrationId,
  { number, fannedOut }: Pick<Pass, "number" | "fannedOut">,
): Promise<void> => {
  await amendPass(migrations, id, number, (pass) => ({
    ...reopened(pass),
    fannedOut: fannedOut || pass.fannedOut,
  }));
};

const amendPass = async (
  migrations: Migrations,
  id: MigrationId,
  number: Pass["number"],
  decide: (pass: Pass) => Pass | null,
  justRead: Migration | null = null,
): Promise<void> => {
  const amended = (current: Migration): Migration | null => {
    if (!isCopying(current) || current.pass.number !== number) return null;
    const pass = decide(current.pass);
    return pass === null ? null : { ...current, pass };
  };
  await amendMigration(migrations, id, amended, justRead);
};

const unsettled = ({ settledAt: _settledAt, copied: _copied, ...pass }: Pass): Pass => pass;

/** Each opening is counted, so that nobody settles the pass on a proof made before. How many accounts there are then, nobody has counted. */
const reopened = ({ accounts: _before, ...pass }: Pass): Pass => ({
  ...unsettled(pass),
  reopened: (pass.reopened ?? 0) + 1,
});
