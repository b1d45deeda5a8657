import { MailferryError } from "../contract/errors.ts";
import type { MigrationId } from "../contract/ids.ts";
import type { Migration } from "../contract/migration.ts";
import { keys } from "../contract/table.ts";
import type { MigrationStore } from "../ports/migration-store.ts";

/** More conflicting writers than this in a row cannot be a coincidence of a tick, a worker and an operator. */
const attempts = 20;

/**
 * Reads, decides and writes a migration until nobody else wrote in between, so that every decision stands on what is
 * really recorded. `decide` returns null to leave the record as it is. Returns the record as it then stands. What was `justRead` need
 * not be read once more to be written over: the write tells whether it still stands so.
 * @throws MigrationUnknown
 */
export const amendMigration = async (
  migrations: Pick<MigrationStore, "get" | "replace">,
  id: MigrationId,
  decide: (migration: Migration) => Migration | null,
  justRead: Migration | null = null,
): Promise<Migration> => {
  const wanted = justRead === null ? null : decide(justRead);
  if (justRead !== null && wanted !== null && (await migrations.replace(justRead, wanted))) return wanted;
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const migration = await requireMigration(migrations, id);
    const next = decide(migration);
    if (next === null) return migration;
    if (await migrations.replace(migration, next)) return next;
  }
  const { pk, sk } = keys.migration(id);
  throw new MailferryError("RecordUnreadable", {
    key: `${pk} ${sk}`,
    reason: `other writers changed it ${attempts} times in a row`,
  });
};

/** @throws MigrationUnknown */
export const requireMigration = async (
  migrations: Pick<MigrationStore, "get">,
  id: MigrationId,
): Promise<Migration> => {
  const migration = await migrations.get(id);
  if (migration === null) throw new MailferryError("MigrationUnknown", { migrationId: id });
  return migration;
};
