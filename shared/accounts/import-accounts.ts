import { MailferryError } from "../contract/errors.ts";
import type { MigrationId, Timestamp } from "../contract/ids.ts";
import { type EndedImportRun, type ImportRun, rowErrorsKept, type Upload } from "../contract/import-run.ts";
import type { Migration } from "../contract/migration.ts";
import { objectKeys } from "../contract/objects.ts";
import type { StoredError } from "../contract/stored-error.ts";
import type { AccountStore } from "../ports/account-store.ts";
import type { Clock } from "../ports/clock.ts";
import type { ImportStore } from "../ports/import-store.ts";
import type { MigrationStore } from "../ports/migration-store.ts";
import type { ObjectStore } from "../ports/object-store.ts";
import { type CreateAccountsPorts, createAccounts } from "./create-accounts.ts";
import { loadKnownAccounts } from "./known-accounts.ts";
import { planAccounts } from "./plan-accounts.ts";
import { type ReadUploadPorts, readUpload, workbookBytesAtMost } from "./read-upload.ts";
import { goneBeforeRead, whyUnusable } from "./unusable-upload.ts";

export interface ImportAccountsPorts extends ReadUploadPorts, CreateAccountsPorts {
  readonly clock: Clock;
  readonly objects: Pick<ObjectStore, "read" | "destroy">;
  readonly migrations: Pick<MigrationStore, "get">;
  readonly accounts: Pick<AccountStore, "page" | "create" | "get">;
  readonly imports: Pick<ImportStore, "get" | "put">;
}

/**
 * Imports one uploaded workbook: passwords into the vault, accounts, the run's record, and then the upload is destroyed,
 * also when nothing in it could be used, because passwords must not lie about. Run again after a crash anywhere, or on an
 * event delivered twice, it comes to the same end. `startAccounts` is called while the migration copies, before the
 * upload goes, so that new accounts cannot be forgotten in between.
 *
 * @throws MigrationUnknown (the upload stays for the retry, and the bucket's lifecycle ends it), and what the ports throw
 */
export const importAccounts = async (
  app: ImportAccountsPorts,
  migrationId: MigrationId,
  upload: Upload,
  startAccounts: (migration: Migration) => Promise<void>,
): Promise<ImportRun> => {
  const migration = await app.migrations.get(migrationId);
  if (migration === null) throw new MailferryError("MigrationUnknown", { migrationId });
  const earlier = await app.imports.get(migrationId, upload.file);
  const key = objectKeys.accounts(migrationId, upload.file);
  if (earlier !== null && earlier.outcome !== "running" && isSameUpload(earlier.upload, upload)) {
    await app.objects.destroy(key, upload.versionId);
    return earlier;
  }
  const bytes = await app.objects.read(key, workbookBytesAtMost, upload.versionId).catch(whyUnusable);
  if (bytes === null && earlier !== null && earlier.outcome !== "running") return earlier;

  const startedAt = await begin(app, migrationId, upload, earlier);
  const run = { migrationId, upload, startedAt };
  const end =
    bytes instanceof Uint8Array
      ? await importBytes(app, migration, bytes, run)
      : unusable(app, run, bytes === null ? goneBeforeRead(upload.file) : bytes);
  if (migration.phase !== "domain" && migration.phase !== "accounts") await startAccounts(migration);
  await app.imports.put(end);
  await app.objects.destroy(key, upload.versionId);
  return end;
};

type RunBase = Pick<ImportRun, "migrationId" | "upload" | "startedAt">;

/** Leaves word that the upload is being imported; a run that was cut off is gone on with under its own moment. */
const begin = async (
  { clock, imports }: ImportAccountsPorts,
  migrationId: MigrationId,
  upload: Upload,
  earlier: ImportRun | null,
): Promise<Timestamp> => {
  if (earlier?.outcome === "running" && isSameUpload(earlier.upload, upload)) return earlier.startedAt;
  const startedAt = clock.now();
  await imports.put({ outcome: "running", migrationId, upload, startedAt });
  return startedAt;
};

const importBytes = async (
  app: ImportAccountsPorts,
  { settings, domain }: Migration,
  bytes: Uint8Array,
  run: RunBase,
): Promise<EndedImportRun> => {
  const read = await readUpload(app, bytes, run.upload.file, settings).catch(whyUnusable);
  if ("evidence" in read) return unusable(app, run, read);
  const known = await loadKnownAccounts(app.accounts, run.migrationId);
  const plan = planAccounts(read.workbook, known, {
    domain: domain.toLowerCase(),
    directory: read.directory,
  });
  const created = await createAccounts(app, run.migrationId, plan, known, run.startedAt);
  return {
    outcome: "imported",
    ...run,
    endedAt: app.clock.now(),
    created,
    unchanged: plan.fresh.length + plan.repeated.length - created,
    rejected: plan.rejected,
    errorsTotal: plan.errors.length,
    errors: plan.errors.slice(0, rowErrorsKept),
  };
};

const unusable = ({ clock }: ImportAccountsPorts, run: RunBase, error: StoredError): EndedImportRun => ({
  outcome: "unusable",
  ...run,
  endedAt: clock.now(),
  error,
});

const isSameUpload = (one: Upload, other: Upload): boolean =>
  one.file === other.file &&
  one.etag === other.etag &&
  one.versionId === other.versionId &&
  one.sequencer === other.sequencer;
