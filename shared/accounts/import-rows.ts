import { givenAddresses } from "../allocation/given-addresses.ts";
import type { MailAddress, MigrationId } from "../contract/ids.ts";
import { type ImportRun, rowErrorsKept } from "../contract/import-run.ts";
import type { Migration } from "../contract/migration.ts";
import type { StoredError } from "../contract/stored-error.ts";
import { whyUncertain } from "../directory/have-directory.ts";
import type { AccountStore } from "../ports/account-store.ts";
import type { AllocationStore } from "../ports/allocation-store.ts";
import type { CredentialVault } from "../ports/credential-vault.ts";
import type { ObjectStore } from "../ports/object-store.ts";
import { allEnded } from "./all-ended.ts";
import { type CreateAccountsPorts, createAccounts } from "./create-accounts.ts";
import { directoryPlace } from "./directory-place.ts";
import { directoryFile, type KeptDirectory, keepDirectory } from "./keep-directory.ts";
import { type KeepErrorsPorts, keepErrors } from "./keep-errors.ts";
import { type KnownAccounts, loadKnownAccounts } from "./known-accounts.ts";
import { type AccountsPlan, planAccounts } from "./plan-accounts.ts";
import { type ReadUploadPorts, readUpload } from "./read-upload.ts";
import { whyUnusable } from "./unusable-upload.ts";

export interface ImportRowsPorts extends ReadUploadPorts, CreateAccountsPorts, KeepErrorsPorts {
  readonly objects: Pick<ObjectStore, "read" | "write">;
  readonly accounts: Pick<AccountStore, "page" | "createAll" | "get" | "replace">;
  readonly allocations: Pick<AllocationStore, "all">;
  readonly vault: Pick<CredentialVault, "keepAll" | "destroyUnless">;
}

/** How an import's rows are counted in its record. */
type Counts = Omit<Extract<ImportRun, { outcome: "imported" }>, keyof RunBase | "outcome" | "endedAt">;
type RunBase = Pick<ImportRun, "migrationId" | "upload" | "startedAt">;

/** What is known of a migration before its rows are judged. */
export interface BeforeRows {
  /** Nothing was ever imported, so that there is nothing to be held against. */
  readonly isFirst: boolean;
  /** Why the directory could not be read just now, null when it was. */
  readonly outdated: StoredError | null;
}

/** What is to be done with the rows; what they were read from is gone from memory by then. */
export interface PlannedRows {
  readonly plan: AccountsPlan;
  readonly known: KnownAccounts;
  readonly errorsKey: string | null;
  /** The directory that came with them, for later uploads that bring none. */
  readonly directory: KeptDirectory | null;
}

/** Judges the upload's rows. Nothing comes of the good ones yet; the bad ones are written down for whoever mends them. */
export const planRows = async (
  app: ImportRowsPorts,
  { settings, domain }: Migration,
  bytes: Uint8Array,
  run: RunBase,
  { isFirst, outdated }: BeforeRows,
): Promise<PlannedRows | { readonly unusable: StoredError }> => {
  const place = directoryPlace(settings.directory, run.migrationId);
  const [read, given] = await allEnded([
    readUpload(app, bytes, run.upload.file, place).catch(whyUnusable),
    givenAddresses(app.allocations, run.migrationId),
  ]);
  if ("evidence" in read) return { unusable: read };
  const known: KnownAccounts = isFirst ? new Map() : await knownWithTheirPasswords(app, run.migrationId);
  const context = { domain: domain.toLowerCase(), directory: read.directory };
  const plan = planAccounts(read.workbook, known, context, given);
  if (outdated !== null && plan.errors.some(({ name }) => name === "MemberUnknown"))
    return { unusable: whyUncertain(outdated) };
  const isDirectoryTheirs = place.kind === "sheet";
  const rejected = { ...read, ...context, isDirectoryTheirs, errors: plan.errors };
  const errorsKey = await keepErrors(app, run, rejected);
  return {
    plan,
    known,
    errorsKey,
    directory: read.bringsDirectory ? directoryFile(place.path, read.directory) : null,
  };
};

/**
 * The accounts that are there, and no password is held but theirs: an import that died left some without accounts behind, which must
 * not come to belong to what another file says.
 */
const knownWithTheirPasswords = async (
  { accounts, vault }: ImportRowsPorts,
  id: MigrationId,
): Promise<KnownAccounts> => {
  const known = await loadKnownAccounts(accounts, id);
  await vault.destroyUnless(id, (address) => known.has(address));
  return known;
};

/** Brings in the good rows and their directory. Returns how the rows are counted, and the accounts that a password was missing for. */
export const importRows = async (
  app: ImportRowsPorts,
  { plan, known, errorsKey, directory }: PlannedRows,
  run: RunBase,
): Promise<{ readonly counts: Counts; readonly mended: readonly MailAddress[] }> => {
  const [{ created, updated, mended }] = await allEnded([
    createAccounts(app, run.migrationId, plan, known, run.startedAt),
    ...(directory === null ? [] : [keepDirectory(app, directory)]),
  ]);
  const counts = {
    created,
    updated,
    unchanged: plan.fresh.length + plan.repeated.length - created - updated,
    rejected: plan.rejected,
    untouched: plan.untouched,
    errorsTotal: plan.errors.length,
    errors: plan.errors.slice(0, rowErrorsKept),
    ...(errorsKey === null ? {} : { errorsKey }),
  };
  return { counts, mended };
};
