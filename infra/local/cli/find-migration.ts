import { randomBytes } from "node:crypto";
import { MigrationId } from "../../../shared/contract/ids.ts";
import type { Migration } from "../../../shared/contract/migration.ts";
import type { MigrationStore } from "../../../shared/ports/migration-store.ts";

/** The migration of this domain that was begun last, or null when there is none yet. */
export const findMigration = async (
  migrations: Pick<MigrationStore, "list">,
  domain: string,
): Promise<Migration | null> => {
  const ofDomain = (await migrations.list()).filter((migration) => migration.domain === domain);
  return ofDomain.sort((a, b) => a.createdAt.localeCompare(b.createdAt)).at(-1) ?? null;
};

/** A name for a new migration: readable, and free even if the same domain was moved before. */
export const newMigrationId = (domain: string): MigrationId =>
  MigrationId.parse(
    `${domain
      .toLowerCase()
      .replace(/[^a-z0-9.-]/g, "-")
      .slice(0, 60)}-${randomBytes(4).toString("hex")}`,
  );
