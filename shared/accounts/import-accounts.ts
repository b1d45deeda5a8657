import { MailferryError } from "../contract/errors.ts";
import type { MailAddress, MigrationId, Timestamp } from "../contract/ids.ts";
import type { EndedImportRun, ImportRun, Upload } from "../contract/import-run.ts";
import type { Migration } from "../contract/migration.ts";
import { objectKeys } from "../contract/objects.ts";
import type { StoredError } from "../contract/stored-error.ts";
import { type HaveDirectoryPorts, haveDirectory } from "../directory/have-directory.ts";
import type { Clock } from "../ports/clock.ts";
import type { ImportStore } from "../ports/import-store.ts";
import type { MigrationStore } from "../ports/migration-store.ts";
import type { ObjectStore } from "../ports/object-store.ts";
import { type ImportRowsPorts, importRows } from "./import-rows.ts";
import { workbookBytesAtMost } from "./read-upload.ts";
import { goneBeforeRead, whyUnusable } from "./unusable-upload.ts";
import { isSameUpload } from "./upload-of.ts";
import { type Patience, type TurnPorts, withTurn } from "./with-turn.ts";

export interface ImportAccountsPorts extends ImportRowsPorts, HaveDirectoryPorts, TurnPorts {
  readonly clock: Clock;
  readonly objects: Pick<ObjectStore, "read" | "write" | "destroy">;
  readonly migrations: Pick<MigrationStore, "get">;
  readonly imports: Pick<ImportStore, "get" | "put">;
}

/** What an import leaves to whoever called it. */
export interface AroundImport {
  /**
   * Starts the accounts that have never taken part in a pass, and those named, which a password was missing for. Called while the
   * migration copies.
   */
  readonly startAccounts: (migration: Migration, mended: readonly MailAddress[]) => Promise<void>;
  readonly patience: Patience;
}

/**
 * Imports one uploaded workbook: passwords into the vault, accounts, the run's record, and then the upload is destroyed,
 * also when nothing in it could be used, because passwords must not lie about. Run again after a crash anywhere, or on an
 * event delivered twice, it comes to the same end. Imports of a migration are done one after the other. Accounts are started
 * before the upload goes, so that new ones cannot be forgotten in between.
 *
 * A preview of what came of it needs nothing more than the stores have: the run's counts and first errors (ImportStore.get), every
 * error with its row in the workbook at `errorsKey`, and address, name, member and department of the accounts, page by page
 * (AccountStore.page).
 *
 * @throws MigrationUnknown (the upload stays for the retry, and the bucket's lifecycle ends it), ImportsUnderWay when another one has
 *   not ended while there was patience, and what the ports throw
 */
export const importAccounts = async (
  app: ImportAccountsPorts,
  migrationId: MigrationId,
  upload: Upload,
  around: AroundImport,
): Promise<ImportRun> => {
  const migration = await app.migrations.get(migrationId);
  if (migration === null) throw new MailferryError("MigrationUnknown", { migrationId });
  const holder = `import ${JSON.stringify([upload.file, upload.versionId, upload.etag, upload.sequencer])}`;
  const end = await withTurn(app, migrationId, holder, around.patience, () =>
    importInTurn(app, migration, upload, around),
  );
  if (end === null) throw new MailferryError("ImportsUnderWay", { file: upload.file });
  return end.done;
};

const importInTurn = async (
  app: ImportAccountsPorts,
  migration: Migration,
  upload: Upload,
  { startAccounts }: AroundImport,
): Promise<ImportRun> => {
  const { migrationId } = migration;
  const key = objectKeys.accounts(migrationId, upload.file);
  const [earlier, bytes] = await Promise.all([
    app.imports.get(migrationId, upload.file),
    app.objects.read(key, workbookBytesAtMost, upload.versionId).catch(whyUnusable),
  ]);
  if (earlier !== null && earlier.outcome !== "running" && isSameUpload(earlier.upload, upload)) {
    await app.objects.destroy(key, upload.versionId);
    return earlier;
  }
  if (bytes === null && earlier !== null && earlier.outcome !== "running") return earlier;

  const outdated = await haveDirectory(app, migration);
  const startedAt = await begin(app, migrationId, upload, earlier);
  const run = { migrationId, upload, startedAt };
  const rows =
    bytes instanceof Uint8Array
      ? await importRows(app, migration, bytes, run, outdated)
      : { unusable: bytes === null ? goneBeforeRead(upload.file) : bytes };
  const end =
    "unusable" in rows
      ? unusable(app, run, rows.unusable)
      : ({ outcome: "imported", ...run, endedAt: app.clock.now(), ...rows.counts } as const);
  if (migration.phase !== "domain" && migration.phase !== "accounts")
    await startAccounts(migration, "unusable" in rows ? [] : rows.mended);
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

const unusable = ({ clock }: ImportAccountsPorts, run: RunBase, error: StoredError): EndedImportRun => ({
  outcome: "unusable",
  ...run,
  endedAt: clock.now(),
  error,
});
