import { type MailAddress, type MigrationId, PassNumber } from "../contract/ids.ts";
import type { Pass, PassKind } from "../contract/pass.ts";
import type { Clock } from "../ports/clock.ts";
import type { MigrationStore } from "../ports/migration-store.ts";
import { amendMigration } from "./amend-migration.ts";
import { type CopyingMigration, isCopying } from "./participation.ts";

export interface RequestPassPorts {
  readonly clock: Clock;
  readonly migrations: Pick<MigrationStore, "get" | "replace">;
}

/** Which accounts take part, if not all. */
export interface PassScope {
  readonly only?: readonly MailAddress[] | undefined;
  readonly refusedOnly?: true;
}

/**
 * Begins the next pass once the present one has settled; while that still runs it stands, because a mailbox has one
 * writer and one round at a time. Fanning it out is the caller's next step, and the tick's if the caller dies.
 * Null when the migration has not begun to copy.
 * @throws MigrationUnknown
 */
export const requestPass = async (
  app: RequestPassPorts,
  migrationId: MigrationId,
  kind: Exclude<PassKind, "initial">,
  scope: PassScope = {},
): Promise<{ readonly outcome: "requested" | "standing"; readonly migration: CopyingMigration } | null> => {
  let outcome: "requested" | "standing" = "standing";
  const migration = await amendMigration(app.migrations, migrationId, (current) => {
    outcome = "standing";
    if (!isCopying(current) || current.pass.settledAt === undefined) return null;
    outcome = "requested";
    return { ...current, pass: passAfter(current.pass, kind, app, scope) };
  });
  return isCopying(migration) ? { outcome, migration } : null;
};

const passAfter = (
  previous: Pass,
  kind: PassKind,
  { clock }: Pick<RequestPassPorts, "clock">,
  { only, refusedOnly }: PassScope,
): Pass => ({
  number: PassNumber.parse(previous.number + 1),
  kind,
  requestedAt: clock.now(),
  fannedOut: false,
  ...(only === undefined || only.length === 0 ? {} : { only: [...only] }),
  ...(refusedOnly === true ? { refusedOnly } : {}),
});
