import { givenAddresses } from "../allocation/given-addresses.ts";
import type { MailAddress } from "../contract/ids.ts";
import { type ImportRun, rowErrorsKept } from "../contract/import-run.ts";
import type { Migration } from "../contract/migration.ts";
import type { StoredError } from "../contract/stored-error.ts";
import { whyUncertain } from "../directory/have-directory.ts";
import type { AccountStore } from "../ports/account-store.ts";
import type { AllocationStore } from "../ports/allocation-store.ts";
import type { ObjectStore } from "../ports/object-store.ts";
import { type CreateAccountsPorts, createAccounts } from "./create-accounts.ts";
import { directoryPlace } from "./directory-place.ts";
import { keepDirectory } from "./keep-directory.ts";
import { type KeepErrorsPorts, keepErrors } from "./keep-errors.ts";
import { loadKnownAccounts } from "./known-accounts.ts";
import { planAccounts } from "./plan-accounts.ts";
import { type ReadUploadPorts, readUpload } from "./read-upload.ts";
import { whyUnusable } from "./unusable-upload.ts";

export interface ImportRowsPorts extends ReadUploadPorts, CreateAccountsPorts, KeepErrorsPorts {
  readonly objects: Pick<ObjectStore, "read" | "write">;
  readonly accounts: Pick<AccountStore, "page" | "createAll" | "get" | "replace">;
  readonly allocations: Pick<AllocationStore, "all">;
}

/** How an import's rows are counted in its record. */
type Counts = Omit<Extract<ImportRun, { outcome: "imported" }>, keyof RunBase | "outcome" | "endedAt">;
type RunBase = Pick<ImportRun, "migrationId" | "upload" | "startedAt">;

/** What became of the rows, with the accounts that a password was missing for; or why there are none. */
export type ImportedRows =
  | { readonly counts: Counts; readonly mended: readonly MailAddress[] }
  | { readonly unusable: StoredError };

/**
 * Brings the upload's good rows in; the bad ones are written down before, for whoever mends them. `outdated` is why the directory
 * could not be read just now, null when it was.
 */
export const importRows = async (
  app: ImportRowsPorts,
  migration: Migration,
  bytes: Uint8Array,
  run: RunBase,
  outdated: StoredError | null,
): Promise<ImportedRows> => {
  const planned = await planUpload(app, migration, bytes, run, outdated);
  if ("error" in planned) return { unusable: planned.error };
  const { plan, known, errorsKey } = planned;
  const { created, updated, mended } = await createAccounts(app, run.migrationId, plan, known, run.startedAt);
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

/** Apart from doing what was planned, so that the workbook's rows and the directory are gone from memory by then. */
const planUpload = async (
  app: ImportRowsPorts,
  { settings, domain }: Migration,
  bytes: Uint8Array,
  run: RunBase,
  outdated: StoredError | null,
) => {
  const place = directoryPlace(settings.directory, run.migrationId);
  const read = await readUpload(app, bytes, run.upload.file, place).catch(whyUnusable);
  if ("evidence" in read) return { error: read };
  const [known, given] = await Promise.all([
    loadKnownAccounts(app.accounts, run.migrationId),
    givenAddresses(app.allocations, run.migrationId),
    read.bringsDirectory ? keepDirectory(app, place.path, read.directory) : null,
  ]);
  const context = { domain: domain.toLowerCase(), directory: read.directory };
  const plan = planAccounts(read.workbook, known, context, given);
  if (outdated !== null && plan.errors.some(({ name }) => name === "MemberUnknown"))
    return { error: whyUncertain(outdated) };
  const isDirectoryTheirs = place.kind === "sheet";
  const rejected = { ...read, ...context, isDirectoryTheirs, errors: plan.errors };
  return { plan, known, errorsKey: await keepErrors(app, run, rejected) };
};
