import type { MigrationId } from "../contract/ids.ts";
import type { Pass } from "../contract/pass.ts";
import type { MigrationStore } from "../ports/migration-store.ts";
import { amendMigration } from "./amend-migration.ts";
import { isCopying } from "./participation.ts";

type Migrations = Pick<MigrationStore, "get" | "replace">;

/**
 * Records whether every plan of a pass is on the queue. A record that already says so, or a newer pass, is left alone. Opening a
 * settled pass unsettles it.
 */
export const setFannedOut = async (
  migrations: Migrations,
  id: MigrationId,
  { number }: Pick<Pass, "number">,
  fannedOut: boolean,
): Promise<void> => {
  await amendPass(migrations, id, number, (pass) => {
    if (pass.fannedOut === fannedOut) return null;
    return fannedOut ? { ...unsettled(pass), fannedOut } : { ...reopened(pass), fannedOut };
  });
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
): Promise<void> => {
  await amendMigration(migrations, id, (current) => {
    if (!isCopying(current) || current.pass.number !== number) return null;
    const pass = decide(current.pass);
    return pass === null ? null : { ...current, pass };
  });
};

const unsettled = ({ settledAt: _settledAt, copied: _copied, ...pass }: Pass): Pass => pass;

/** Each opening is counted, so that nobody settles the pass on a proof made before. */
const reopened = (pass: Pass): Pass => ({ ...unsettled(pass), reopened: (pass.reopened ?? 0) + 1 });
