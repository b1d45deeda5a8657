import { allAccounts } from "../accounts/all-accounts.ts";
import { forEachBounded } from "../accounts/for-each-bounded.ts";
import { type KeepErrorsPorts, keepErrorsWorkbook } from "../accounts/keep-errors.ts";
import { workbookBytesAtMost } from "../accounts/read-upload.ts";
import { type StartAccountsPorts, startAccounts } from "../accounts/start-accounts.ts";
import { goneBeforeRead, whyUnusable } from "../accounts/unusable-upload.ts";
import { isSameUpload } from "../accounts/upload-of.ts";
import { type Patience, type TurnPorts, withTurn } from "../accounts/with-turn.ts";
import { MailferryError } from "../contract/errors.ts";
import type { MailAddress, MigrationId, Timestamp } from "../contract/ids.ts";
import { rowErrorsKept, type Upload } from "../contract/import-run.ts";
import { objectKeys } from "../contract/objects.ts";
import type { EndedPasswordRun, PasswordRun } from "../contract/password-run.ts";
import type { StoredError } from "../contract/stored-error.ts";
import { requireMigration } from "../passes/amend-migration.ts";
import type { AccountStore } from "../ports/account-store.ts";
import type { CredentialVault, KeptPassword } from "../ports/credential-vault.ts";
import type { ObjectStore } from "../ports/object-store.ts";
import type { PasswordRunStore } from "../ports/password-run-store.ts";
import type { WorkbookReader } from "../ports/workbook-reader.ts";
import { checkPasswords, type GivenPassword, type KnownAccount, knownAccount } from "./check-passwords.ts";
import { passwordErrorsWorkbook } from "./errors-workbook.ts";
import { readPasswords } from "./read-passwords.ts";

export interface ImportPasswordsPorts extends StartAccountsPorts, TurnPorts, KeepErrorsPorts {
  readonly accounts: Pick<AccountStore, "get" | "page" | "replace">;
  readonly objects: Pick<ObjectStore, "read" | "write" | "destroy">;
  readonly workbooks: WorkbookReader;
  readonly vault: Pick<CredentialVault, "keepAll" | "open">;
  readonly passwordRuns: PasswordRunStore;
}

/** Passwords compared at once, well below KMS' 5,500 requests a second, and sealed together. */
const atOnce = 24;
const keptTogether = 250;

/**
 * Imports one uploaded file of passwords: rows that cannot be used are kept for whoever mends them, passwords that are new go into
 * the vault, their mailboxes take part in the present pass again, the run is recorded, and then the upload is destroyed, also when nothing in it could be used. Run again after a crash
 * anywhere, or on an event delivered twice, it comes to the same end; the same file once more changes nothing. It takes turns with
 * the imports of accounts, so that no password is kept of an account that is just being cleared.
 *
 * @throws MigrationUnknown (the upload stays for the retry, and the bucket's lifecycle ends it), ImportsUnderWay when another import has
 *   not ended while there was patience, and what the ports throw
 */
export const importPasswords = async (
  app: ImportPasswordsPorts,
  migrationId: MigrationId,
  upload: Upload,
  patience: Patience,
): Promise<PasswordRun> => {
  await requireMigration(app.migrations, migrationId);
  const holder = `passwords ${JSON.stringify([upload.file, upload.versionId, upload.etag, upload.sequencer])}`;
  const end = await withTurn(app, migrationId, holder, patience, () =>
    importInTurn(app, migrationId, upload),
  );
  if (end === null) throw new MailferryError("ImportsUnderWay", { file: upload.file });
  return end.done;
};

const importInTurn = async (
  app: ImportPasswordsPorts,
  migrationId: MigrationId,
  upload: Upload,
): Promise<PasswordRun> => {
  const earlier = await app.passwordRuns.get(migrationId, upload.file);
  const isSame = earlier !== null && isSameUpload(earlier.upload, upload);
  const key = objectKeys.passwords(migrationId, upload.file);
  if (isSame && earlier.outcome !== "running") {
    await app.objects.destroy(key, upload.versionId);
    return earlier;
  }
  const bytes = await app.objects.read(key, workbookBytesAtMost, upload.versionId).catch(whyUnusable);
  if (bytes === null && earlier !== null && earlier.outcome !== "running") return earlier;

  const startedAt = isSame ? earlier.startedAt : app.clock.now();
  const run = { migrationId, upload, startedAt };
  if (!isSame) await app.passwordRuns.put({ outcome: "running", ...run });
  const end =
    bytes instanceof Uint8Array
      ? await importBytes(app, bytes, run, isSame)
      : unusable(app, run, bytes === null ? goneBeforeRead(upload.file) : bytes);
  await app.passwordRuns.put(end);
  await app.objects.destroy(key, upload.versionId);
  return end;
};

interface RunBase {
  readonly migrationId: MigrationId;
  readonly upload: Upload;
  readonly startedAt: Timestamp;
}

const importBytes = async (
  app: ImportPasswordsPorts,
  bytes: Uint8Array,
  run: RunBase,
  wasCutOff: boolean,
): Promise<EndedPasswordRun> => {
  const { migrationId } = run;
  const table = await readPasswords(app, bytes, run.upload.file).catch(whyUnusable);
  if ("evidence" in table) return unusable(app, run, table);
  const known = new Map<MailAddress, KnownAccount>();
  for await (const account of allAccounts(app.accounts, migrationId)) {
    known.set(account.address, knownAccount(account));
  }
  const { given, kept, rejected, errors } = checkPasswords(table, known);
  const errorsKey = errors.length === 0 ? null : objectKeys.passwordErrors(migrationId, run.upload.file);
  if (errorsKey !== null) await keepErrorsWorkbook(app, errorsKey, passwordErrorsWorkbook(table, errors));
  const changed = await keepChanged(app, migrationId, given);
  // What an attempt before this one had kept, it may not have started: it is no change any more, but nobody has tried it.
  const untried = given.filter(
    ({ address }) => wasCutOff || changed.has(address) || known.get(address)?.lacksPassword === true,
  );
  const started = await startAccounts(
    app,
    run,
    untried.map(({ address }) => address),
  );
  return {
    outcome: "imported",
    ...run,
    endedAt: app.clock.now(),
    changed: changed.size,
    unchanged: kept + given.length - changed.size,
    rejected,
    started: started.length,
    errorsTotal: errors.length,
    errors: errors.slice(0, rowErrorsKept),
    ...(errorsKey === null ? {} : { errorsKey }),
  };
};

/** Keeps the passwords that are others than those held; returns whose they are. */
const keepChanged = async (
  { vault }: ImportPasswordsPorts,
  migrationId: MigrationId,
  given: readonly GivenPassword[],
): Promise<ReadonlySet<MailAddress>> => {
  const changed = new Set<MailAddress>();
  for (let start = 0; start < given.length; start += keptTogether) {
    const others: KeptPassword[] = [];
    await forEachBounded(given.slice(start, start + keptTogether), atOnce, async ({ address, password }) => {
      if ((await vault.open({ migrationId, address, side: "source" })) === password) return;
      others.push({ address, side: "source", password });
    });
    await vault.keepAll(migrationId, others);
    for (const { address } of others) changed.add(address);
  }
  return changed;
};

const unusable = (
  { clock }: Pick<ImportPasswordsPorts, "clock">,
  run: RunBase,
  error: StoredError,
): EndedPasswordRun => ({ outcome: "unusable", ...run, endedAt: clock.now(), error });
