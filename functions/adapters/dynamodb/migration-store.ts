import { z } from "zod";
import { Migration } from "../../../shared/contract/migration.ts";
import { keys } from "../../../shared/contract/table.ts";
import type { MigrationStore } from "../../../shared/ports/migration-store.ts";
import type { StateTable } from "./state-table.ts";

const EarlierToken = z.strictObject({ taskToken: z.string().min(1) });

/** Migrations in the state table. */
export const dynamoMigrationStore = (table: StateTable): MigrationStore => ({
  get: (id) => table.get(keys.migration(id), Migration),
  list: () => table.all(keys.migrations(), Migration),
  create: (migration) => table.create(keys.migration(migration.migrationId), migration),
  replace: (previous, next) => table.replace(keys.migration(next.migrationId), previous, next),
  earlierTaskToken: async (id, phase) =>
    (await table.get(keys.earlierTaskToken(id, phase), EarlierToken))?.taskToken ?? null,
});
