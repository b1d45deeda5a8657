import { z } from "zod";
import { Migration } from "../../../shared/contract/migration.ts";
import { keys } from "../../../shared/contract/table.ts";
import type { MigrationStore } from "../../../shared/ports/migration-store.ts";
import type { StateTable } from "./state-table.ts";

const TaskToken = z.strictObject({ taskToken: z.string().min(1) });

/** Migrations and their task tokens in the state table. */
export const dynamoMigrationStore = (table: StateTable): MigrationStore => ({
  get: (id) => table.get(keys.migration(id), Migration),
  list: () => table.all(keys.migrations(), Migration),
  create: (migration) => table.create(keys.migration(migration.migrationId), migration),
  replace: (previous, next) => table.replace(keys.migration(next.migrationId), previous, next),
  putTaskToken: (id, phase, taskToken) => table.put(keys.taskToken(id, phase), { taskToken }),
  getTaskToken: async (id, phase) =>
    (await table.get(keys.taskToken(id, phase), TaskToken))?.taskToken ?? null,
  deleteTaskToken: (id, phase, taskToken) => table.remove(keys.taskToken(id, phase), { taskToken }),
});
