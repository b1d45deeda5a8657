import { z } from "zod";
import { RowError } from "../spreadsheet/row-errors.ts";
import { MigrationId, Timestamp } from "./ids.ts";
import { StoredError } from "./stored-error.ts";

/** Which upload a run belongs to, as S3 tells them apart. An event delivered again names the same upload. */
export const Upload = z.strictObject({
  file: z.string().min(1).max(1_024),
  etag: z.string().optional(),
  versionId: z.string().optional(),
  sequencer: z.string().optional(),
});
export type Upload = z.infer<typeof Upload>;

const base = {
  migrationId: MigrationId,
  upload: Upload,
  /** When the upload was first taken up; the accounts it creates carry the same moment as `importedAt`. */
  startedAt: Timestamp,
};
const ended = { ...base, endedAt: Timestamp };

/** Of a run's row errors so many are kept in its record; all are counted. */
export const rowErrorsKept = 200;

/**
 * One import of one uploaded workbook: the newest under its file name. `running` is written before any account is made, so
 * that what was cut off is taken up again as the same run, and that there are no accounts where there is no run.
 */
export const ImportRun = z.discriminatedUnion("outcome", [
  z.strictObject({ outcome: z.literal("running"), ...base }),
  z.strictObject({
    outcome: z.literal("imported"),
    ...ended,
    /** Accounts made, accounts that were there already with the same values, and rows that could not be used. */
    created: z.number().int().min(0),
    /** Accounts that were there already and got another name or department; runs of earlier versions changed neither. */
    updated: z.number().int().min(0).optional(),
    unchanged: z.number().int().min(0),
    rejected: z.number().int().min(0),
    /** Rows of the template that name a member and no mailbox; runs of earlier versions did not tell them apart. */
    untouched: z.number().int().min(0).optional(),
    errorsTotal: z.number().int().min(0),
    errors: z.array(RowError).max(rowErrorsKept),
    /** The object that holds every row with an error, marked, to be mended and uploaded again. */
    errorsKey: z.string().max(1_024).optional(),
  }),
  z.strictObject({ outcome: z.literal("unusable"), ...ended, error: StoredError }),
]);
export type ImportRun = z.infer<typeof ImportRun>;
export type EndedImportRun = Exclude<ImportRun, { outcome: "running" }>;

/** Whether at least one row of an upload stands for an account, be it a new one or one that was there already. */
export const hasBroughtAccounts = (run: ImportRun): boolean =>
  run.outcome === "imported" && run.created + (run.updated ?? 0) + run.unchanged > 0;
