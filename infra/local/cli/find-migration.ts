import { randomBytes } from "node:crypto";
import { MigrationId } from "../../../shared/contract/ids.ts";
import type { Migration } from "../../../shared/contract/migration.ts";
import type { MigrationSettings } from "../../../shared/contract/settings.ts";
import type { MigrationStore } from "../../../shared/ports/migration-store.ts";
import { terminalLanguage } from "./language.ts";
import { UnusableInput } from "./unusable-input.ts";

/** The migration of this domain that was begun last, or null when there is none yet. */
export const findMigration = async (
  migrations: Pick<MigrationStore, "list">,
  domain: string,
): Promise<Migration | null> => {
  const ofDomain = (await migrations.list()).filter((migration) => migration.domain === domain);
  return ofDomain.sort((a, b) => a.createdAt.localeCompare(b.createdAt)).at(-1) ?? null;
};

/**
 * The migration that settings mean: the one they name, else the one of their domain that was begun last. Null when it is yet to be begun.
 * @throws UnusableInput when they name a new one while another of the domain is under way: both would wait for the same MX
 */
export const findMeant = async (
  migrations: Pick<MigrationStore, "get" | "list">,
  { domain, migrationId }: Pick<MigrationSettings, "domain" | "migrationId">,
): Promise<Migration | null> => {
  const latest = await findMigration(migrations, domain);
  if (migrationId === undefined || latest === null || latest.migrationId === migrationId) return latest;
  const named = await migrations.get(migrationId);
  if (named !== null || latest.phase === "closed") return named;
  throw new UnusableInput([underWay(domain, latest.migrationId)[terminalLanguage()]]);
};

const underWay = (domain: string, id: MigrationId) => ({
  en: `migrationId: ${domain} is being migrated already, as ${id}. Name that one, or leave migrationId out.`,
  zhCN: `migrationId：${domain} 已在迁移中，名称为 ${id}。请填写该名称，或去掉 migrationId。`,
});

/** A name for a new migration: readable, and free even if the same domain was moved before. */
export const newMigrationId = (domain: string): MigrationId =>
  MigrationId.parse(
    `${domain
      .toLowerCase()
      .replace(/[^a-z0-9.-]/g, "-")
      .slice(0, 60)}-${randomBytes(4).toString("hex")}`,
  );
