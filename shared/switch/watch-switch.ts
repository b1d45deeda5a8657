import type { MigrationIn } from "../contract/migration.ts";
import { amendMigration } from "../passes/amend-migration.ts";
import type { Clock } from "../ports/clock.ts";
import type { EventBus } from "../ports/event-bus.ts";
import type { MigrationStore } from "../ports/migration-store.ts";
import type { NameService } from "../ports/name-service.ts";
import { observeAuthoritative } from "./observe-mx.ts";
import { contradicting, isWorthALook } from "./watch-mx.ts";

export interface WatchSwitchPorts {
  readonly clock: Clock;
  readonly migrations: Pick<MigrationStore, "get" | "replace">;
  readonly names: NameService;
  readonly bus: Pick<EventBus, "publishMxChange">;
}

/**
 * Looks at a switching domain's authoritative servers. While the change is awaited, one that can be seen is announced on the
 * bus. While the old server is drained, a change that was taken back returns the switch to waiting: mail flows to the
 * old server again, so its silence would prove nothing.
 */
export const watchSwitch = async (
  app: WatchSwitchPorts,
  migration: MigrationIn<"switch">,
): Promise<"unchanged" | "announced" | "reverted"> => {
  const { domain, migrationId, settings } = migration;
  const observations = await observeAuthoritative(app.names, migration);
  const at = app.clock.now();
  if (migration.switch.stage === "awaitingMx") {
    if (!isWorthALook(migration, observations)) return "unchanged";
    await app.bus.publishMxChange({ domain, migrationId, origin: "dns-poll", observedAt: at });
    return "announced";
  }
  const dissenting = [...contradicting(settings.mx.expected, observations)];
  if (dissenting.length === 0) return "unchanged";
  await amendMigration(app.migrations, migrationId, (current) =>
    current.phase === "switch" && current.switch.stage === "draining"
      ? {
          ...current,
          switch: {
            stage: "awaitingMx",
            since: at,
            lastVerdict: { verdict: "disagreed", at, dissenting },
          },
        }
      : null,
  );
  return "reverted";
};
