import { MailferryError } from "../contract/errors.ts";
import type { MailAddress, MigrationId } from "../contract/ids.ts";
import { hasBroughtAccounts, type ImportRun, type Upload } from "../contract/import-run.ts";
import type { Migration } from "../contract/migration.ts";
import { objectKeys, saysFinishAccounts } from "../contract/objects.ts";
import type { StoredError } from "../contract/stored-error.ts";
import { type HaveDirectoryPorts, haveDirectory } from "../directory/have-directory.ts";
import { requireMigration } from "../passes/amend-migration.ts";
import type { Clock } from "../ports/clock.ts";
import type { ImportStore } from "../ports/import-store.ts";
import type { MigrationStore } from "../ports/migration-store.ts";
import type { DescribedObject, ObjectStore } from "../ports/object-store.ts";
import { allEnded } from "./all-ended.ts";
import {
  type BeforeRows,
  type ImportRowsPorts,
  importRows,
  type PlannedRows,
  planRows,
} from "./import-rows.ts";
import { workbookBytesAtMost } from "./read-upload.ts";
import { goneBeforeRead, whyUnusable } from "./unusable-upload.ts";
import { isSameUpload } from "./upload-of.ts";
import { type Patience, type TurnPorts, withTurn } from "./with-turn.ts";

export interface ImportAccountsPorts extends ImportRowsPorts, HaveDirectoryPorts, TurnPorts {
  readonly clock: Clock;
  readonly objects: Pick<ObjectStore, "read" | "readDescribed" | "write" | "destroy">;
  readonly migrations: Pick<MigrationStore, "get">;
  readonly imports: Pick<ImportStore, "get" | "hasAny" | "put">;
}

/** What an import leaves to whoever called it. */
export interface AroundImport {
  /**
   * Starts the accounts that have never taken part in a pass, and those named, which a password was missing for. Called while the
   * migration copies.
   */
  readonly startAccounts: (migration: Migration, mended: readonly MailAddress[]) => Promise<void>;
  /** Ends the phase in which accounts are waited for. Called when the upload says that it is the last, and has brought some. */
  readonly finishAccounts: (migration: Migration) => Promise<void>;
  readonly patience: Patience;
}

/**
 * Imports one uploaded workbook: passwords into the vault, accounts, the run's record, and then the upload is destroyed,
 * also when nothing in it could be used, because passwords must not lie about. Run again after a crash anywhere, or on an
 * event delivered twice, it comes to the same end. Imports of a migration are done one after the other. Accounts are started
 * before the upload goes, so that new ones cannot be forgotten in between; and the phase is ended, where the upload says so, before the record says that the import
 * has ended, so that whoever waits for that need not see to it.
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
  const holder = `import ${JSON.stringify([upload.file, upload.versionId, upload.etag, upload.sequencer])}`;
  const end = await withTurn(app, migrationId, holder, around.patience, () =>
    importInTurn(app, migrationId, upload, around),
  );
  if (end === null) throw new MailferryError("ImportsUnderWay", { file: upload.file });
  return end.done;
};

const importInTurn = async (
  app: ImportAccountsPorts,
  migrationId: MigrationId,
  upload: Upload,
  { startAccounts, finishAccounts }: AroundImport,
): Promise<ImportRun> => {
  const key = objectKeys.accounts(migrationId, upload.file);
  const [migration, earlier, hasAny, object] = await Promise.all([
    requireMigration(app.migrations, migrationId),
    app.imports.get(migrationId, upload.file),
    app.imports.hasAny(migrationId),
    app.objects.readDescribed(key, workbookBytesAtMost, upload.versionId).catch(whyUnusable),
  ]);
  if (earlier !== null && earlier.outcome !== "running" && isSameUpload(earlier.upload, upload)) {
    await app.objects.destroy(key, upload.versionId);
    return earlier;
  }
  if (object === null && earlier !== null && earlier.outcome !== "running") return earlier;

  const before = { isFirst: !hasAny, outdated: await haveDirectory(app, migration) };
  const isTakenUp = earlier?.outcome === "running" && isSameUpload(earlier.upload, upload);
  const run = { migrationId, upload, startedAt: isTakenUp ? earlier.startedAt : app.clock.now() };
  // Word of the run is left before anything of it is made, so that what was cut off is gone on with under its own moment.
  const [planned] = await allEnded([
    planUpload(app, migration, object, run, before),
    isTakenUp ? nothing : app.imports.put({ outcome: "running", ...run }),
  ]);
  const rows = "unusable" in planned ? planned : await importRows(app, planned, run);
  const endedAt = app.clock.now();
  const end =
    "unusable" in rows
      ? ({ outcome: "unusable", ...run, endedAt, error: rows.unusable } as const)
      : ({ outcome: "imported", ...run, endedAt, ...rows.counts } as const);
  if (migration.phase !== "domain" && migration.phase !== "accounts")
    await startAccounts(migration, "unusable" in rows ? [] : rows.mended);
  if (isRead(object) && saysFinishAccounts(object.metadata) && hasBroughtAccounts(end))
    await finishAccounts(migration);
  await app.imports.put(end);
  await app.objects.destroy(key, upload.versionId);
  return end;
};

const nothing = Promise.resolve();

type RunBase = Pick<ImportRun, "migrationId" | "upload" | "startedAt">;

const planUpload = async (
  app: ImportAccountsPorts,
  migration: Migration,
  object: DescribedObject | StoredError | null,
  run: RunBase,
  before: BeforeRows,
): Promise<PlannedRows | { readonly unusable: StoredError }> => {
  if (isRead(object)) return planRows(app, migration, object.bytes, run, before);
  return { unusable: object ?? goneBeforeRead(run.upload.file) };
};

const isRead = (object: DescribedObject | StoredError | null): object is DescribedObject =>
  object !== null && "bytes" in object;
