import type { RecordFailure } from "../../events/record-failure.ts";
import { MigrationId } from "../contract/ids.ts";
import { amendMigration } from "../passes/amend-migration.ts";
import type { Clock } from "../ports/clock.ts";
import type { MigrationStore } from "../ports/migration-store.ts";
import { failureCause } from "./failure-cause.ts";

export interface RecordFailurePorts {
  readonly clock: Clock;
  readonly migrations: Pick<MigrationStore, "get" | "replace">;
}

/**
 * Keeps what ended a migration's workflow, for whoever looks at the migration. `unknown` when there is no record to keep it
 * in, because the settings were unusable; then the execution itself is the only trace. A failure of the same name that was
 * recorded where it happened has better evidence and stays.
 */
export const recordFailure = async (
  app: RecordFailurePorts,
  event: RecordFailure,
): Promise<"recorded" | "unknown"> => {
  const id = MigrationId.safeParse(event.migrationId ?? event.executionName);
  if (!id.success || (await app.migrations.get(id.data)) === null) return "unknown";
  const error = failureCause(event.failure);
  await amendMigration(app.migrations, id.data, (current) =>
    current.failure?.error.name === error.name
      ? null
      : { ...current, failure: { error, at: app.clock.now() } },
  );
  return "recorded";
};
