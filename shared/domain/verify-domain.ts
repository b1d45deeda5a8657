import type { MigrationReference, VerifyDomain } from "../../events/verify-domain.ts";
import { isMailferryError } from "../contract/errors.ts";
import type { MigrationId } from "../contract/ids.ts";
import type { DomainFindings, Migration, MxRecord } from "../contract/migration.ts";
import { toStoredError } from "../contract/stored-error.ts";
import { tryDirectory } from "../directory/have-directory.ts";
import { amendMigration } from "../passes/amend-migration.ts";
import type { Clock } from "../ports/clock.ts";
import type { DirectoryReader } from "../ports/directory-reader.ts";
import type { MailServers } from "../ports/mail-server.ts";
import type { MigrationStore } from "../ports/migration-store.ts";
import type { NameService } from "../ports/name-service.ts";
import { checkSettings, refuseOtherDomain } from "./check-settings.ts";
import { parseDomain } from "./domain-name.ts";
import { examineDns } from "./examine-dns.ts";
import { oldMx } from "./old-mx.ts";
import { recogniseProvider } from "./provider.ts";
import { serverAddress } from "./server-address.ts";

export interface VerifyDomainPorts {
  readonly clock: Clock;
  readonly migrations: Pick<MigrationStore, "get" | "create" | "replace">;
  readonly names: NameService;
  readonly mailServers: Pick<MailServers, "probe">;
  readonly directoryReader: Pick<DirectoryReader, "read">;
}

/**
 * The first phase: checks settings, domain, DNS and both servers, and records the migration with what was found. It only
 * looks; nothing of the domain's mail changes. A migration that is already recorded is taken up with these settings where
 * it stands, its failure forgotten. What goes wrong once there is a record is kept in it before it is thrown.
 * @throws SettingsUnusable, DomainUnusable, ServerUnreachable, TlsFailed, ServerBusy
 */
export const verifyDomain = async (
  app: VerifyDomainPorts,
  event: VerifyDomain,
): Promise<MigrationReference> => {
  const { migrationId, settings } = checkSettings(event.settings, event.executionName);
  const asked = { migrationId, domain: parseDomain(settings.domain), settings };
  const recording = record(app, asked);
  const examining = examine(app, asked, recording);
  const [recorded, examined] = await Promise.allSettled([recording, examining]);
  // First of all: where nothing could be recorded, or something else is, no failure of a server is kept.
  const migration = answerOf(recorded);
  try {
    const findings = answerOf(examined);
    await amendMigration(app.migrations, migrationId, (current) => accept(current, findings), migration);
  } catch (thrown) {
    if (isMailferryError(thrown)) await keepFailure(app, migrationId, thrown);
    throw thrown;
  }
  return { migrationId };
};

/** Makes the record, or gives the one that is there the present settings. Returns it as it then stands. */
const record = async (
  app: VerifyDomainPorts,
  migration: Pick<Migration, "migrationId" | "domain" | "settings">,
): Promise<Migration> => {
  const created = { phase: "domain", ...migration, createdAt: app.clock.now() } as const;
  if (await app.migrations.create(created)) return created;
  return amendMigration(app.migrations, migration.migrationId, (current) => {
    refuseOtherDomain(current, migration.settings);
    return { ...current, settings: migration.settings };
  });
};

interface Findings extends Omit<DomainFindings, "mx" | "provider"> {
  readonly seen: readonly MxRecord[] | null;
}

/** Looks while the migration is being recorded; only who reads the directory looks its settings up in the record. */
const examine = async (
  app: VerifyDomainPorts,
  asked: Pick<Migration, "migrationId" | "domain" | "settings">,
  recording: Promise<Migration>,
): Promise<Findings> => {
  // Name servers that are silent take seconds; what is wrong is told in the same order all the same, the domain first.
  const [dns, source, target, directory] = await Promise.allSettled([
    examineDns(app.names, asked),
    app.mailServers.probe(serverAddress("source", asked.settings.source)),
    app.mailServers.probe(serverAddress("target", asked.settings.target)),
    recording.then(() => tryDirectory(app, asked)),
  ]);
  const seen = answerOf(dns);
  const [sourceProbe, targetProbe] = [answerOf(source), answerOf(target)];
  answerOf(directory);
  return {
    checkedAt: app.clock.now(),
    seen,
    sourceCapabilities: [...sourceProbe.capabilities],
    targetCapabilities: [...targetProbe.capabilities],
  };
};

const answerOf = <Value>(settled: PromiseSettledResult<Value>): Value => {
  if (settled.status === "rejected") throw settled.reason;
  return settled.value;
};

const accept = (current: Migration, { seen, ...found }: Findings): Migration => {
  const { failure: _failure, ...migration } = current;
  const mx = oldMx(current, seen)?.slice() ?? null;
  const findings = { ...found, mx, provider: recogniseProvider(mx ?? [])?.name ?? null };
  return migration.phase === "domain"
    ? { ...migration, phase: "accounts", findings }
    : { ...migration, findings };
};

const keepFailure = async (app: VerifyDomainPorts, id: MigrationId, thrown: Error): Promise<void> => {
  const failure = { error: toStoredError(thrown), at: app.clock.now() };
  await amendMigration(app.migrations, id, (current) => ({ ...current, failure }));
};
