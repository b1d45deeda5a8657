import { MailferryError } from "../contract/errors.ts";
import type { MigrationId } from "../contract/ids.ts";
import { keys } from "../contract/table.ts";
import { amendMigration } from "../passes/amend-migration.ts";
import type { Clock } from "../ports/clock.ts";
import type { CredentialVault } from "../ports/credential-vault.ts";
import type { MigrationStore } from "../ports/migration-store.ts";

export interface CloseMigrationPorts {
  readonly clock: Clock;
  readonly migrations: Pick<MigrationStore, "get" | "replace">;
  readonly vault: Pick<CredentialVault, "destroyAll">;
}

/**
 * Ends a migration whose switch is done: it is closed first, so that nothing begins to use a credential any more, then its
 * credentials are destroyed. Doing it again destroys them again.
 * @throws MigrationUnknown
 */
export const closeMigration = async (app: CloseMigrationPorts, migrationId: MigrationId): Promise<void> => {
  await amendMigration(app.migrations, migrationId, (current) => {
    if (current.phase === "closed") return null;
    if (current.phase === "switch") {
      const { switch: _switch, taskToken: _taskToken, ...rest } = current;
      return { ...rest, phase: "closed", closedAt: app.clock.now() };
    }
    const { pk, sk } = keys.migration(migrationId);
    const reason = `its phase is ${current.phase}, which cannot be closed before the switch`;
    throw new MailferryError("RecordUnreadable", { key: `${pk} ${sk}`, reason });
  });
  await app.vault.destroyAll(migrationId);
};
