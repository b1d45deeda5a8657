import type { MxChangeDetected } from "../../events/mx-change-detected.ts";
import type { AllocatePorts } from "../allocation/allocate.ts";
import { tendAllocation } from "../allocation/tend-allocation.ts";
import type { MigrationId } from "../contract/ids.ts";
import type { MigrationIn, MxObservation, MxRecord, MxVerdict } from "../contract/migration.ts";
import { mergeRecords } from "../domain/examine-dns.ts";
import { amendMigration, requireMigration } from "../passes/amend-migration.ts";
import type { MigrationStore } from "../ports/migration-store.ts";
import type { NameService } from "../ports/name-service.ts";
import { type ContinueDrainPorts, continueDrain } from "./continue-drain.ts";
import { drainUntil } from "./drain.ts";
import { normaliseExchange } from "./mx-set.ts";
import { observeAuthoritative, observeResolvers } from "./observe-mx.ts";
import { judgeMx } from "./watch-mx.ts";

export interface StartSwitchPorts extends ContinueDrainPorts, AllocatePorts {
  readonly migrations: Pick<MigrationStore, "get" | "replace" | "list">;
  readonly accounts: ContinueDrainPorts["accounts"];
  readonly names: NameService;
}

/** What became of one migration on such an event. */
export interface SwitchAnswer {
  readonly migrationId: MigrationId;
  readonly verdict: MxVerdict["verdict"] | "draining";
}

/**
 * Follows a hint that a domain's MX has changed: asks every authoritative server and every resolver, and only when all of
 * them have the expected set gives members left over their addresses and begins to drain the old server with a final pass. Otherwise the verdict is recorded with whoever
 * dissents, and the switch goes on waiting. A domain that no migration is switching is nobody's: the answer is empty.
 */
export const startSwitch = async (
  app: StartSwitchPorts,
  hint: Pick<MxChangeDetected, "domain" | "migrationId">,
  remainingMilliseconds: () => number,
): Promise<readonly SwitchAnswer[]> => {
  const answers: SwitchAnswer[] = [];
  for (const migration of await app.migrations.list()) {
    if (migration.phase !== "switch" || !isMeant(migration, hint)) continue;
    const { migrationId } = migration;
    const verdict = migration.switch.stage === "draining" ? "draining" : await verify(app, migration);
    if (verdict !== "disagreed") await goOn(app, migrationId, remainingMilliseconds);
    answers.push({ migrationId, verdict });
  }
  return answers;
};

/** The drain begins whatever becomes of the addresses: the tick sees to those again. */
const goOn = async (
  app: StartSwitchPorts,
  migrationId: MigrationId,
  remainingMilliseconds: () => number,
): Promise<void> => {
  try {
    const migration = await requireMigration(app.migrations, migrationId);
    await tendAllocation(app, migration, remainingMilliseconds);
  } finally {
    await continueDrain(app, migrationId, remainingMilliseconds);
  }
};

const isMeant = (
  { domain, migrationId }: MigrationIn<"switch">,
  hint: Pick<MxChangeDetected, "domain" | "migrationId">,
): boolean =>
  domain === normaliseExchange(hint.domain) &&
  (hint.migrationId === undefined || hint.migrationId === migrationId);

const verify = async (
  app: StartSwitchPorts,
  migration: MigrationIn<"switch">,
): Promise<MxVerdict["verdict"]> => {
  const [authoritative, resolvers] = await Promise.all([
    observeAuthoritative(app.names, migration),
    observeResolvers(app.names, migration),
  ]);
  const observations = [...authoritative, ...resolvers];
  const verdict = judgeMx(migration.settings.mx.expected, observations, app.clock.now());
  await amendMigration(app.migrations, migration.migrationId, (current) => {
    if (current.phase !== "switch" || current.switch.stage !== "awaitingMx") return null;
    const { at } = verdict;
    return verdict.verdict === "agreed"
      ? {
          ...current,
          switch: { stage: "draining", verifiedAt: at, drainUntil: drainUntil(at, current.findings.mx) },
        }
      : {
          ...current,
          findings: { ...current.findings, mx: current.findings.mx ?? oldSetAmong(authoritative) },
          switch: { ...current.switch, lastVerdict: verdict },
        };
  });
  return verdict.verdict;
};

/** The old set, learned late: when no name server could be asked before, what is not yet the new one tells how long to drain. */
const oldSetAmong = (observations: readonly MxObservation[]): MxRecord[] | null => {
  const records = mergeRecords(observations);
  return records.length === 0 ? null : [...records];
};
