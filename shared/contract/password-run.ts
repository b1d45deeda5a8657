import { z } from "zod";
import { RowError } from "../spreadsheet/row-errors.ts";
import { MigrationId, Timestamp } from "./ids.ts";
import { rowErrorsKept, Upload } from "./import-run.ts";
import { StoredError } from "./stored-error.ts";

const base = { migrationId: MigrationId, upload: Upload, startedAt: Timestamp };
const ended = { ...base, endedAt: Timestamp };
const Count = z.number().int().min(0);

/** One import of one file of passwords (「导入原邮箱密码」): the newest under its file name. */
export const PasswordRun = z.discriminatedUnion("outcome", [
  z.strictObject({ outcome: z.literal("running"), ...base }),
  z.strictObject({
    outcome: z.literal("imported"),
    ...ended,
    /** Passwords that came or became others, rows that keep what is held, rows that could not be used. */
    changed: Count,
    unchanged: Count,
    rejected: Count,
    /** Mailboxes that take part in the present pass again because of it. */
    started: Count,
    errorsTotal: Count,
    errors: z.array(RowError).max(rowErrorsKept),
    /** The object that holds every row with an error, marked, to be mended and imported; runs of earlier versions kept none. */
    errorsKey: z.string().max(1_024).optional(),
  }),
  z.strictObject({ outcome: z.literal("unusable"), ...ended, error: StoredError }),
]);
export type PasswordRun = z.infer<typeof PasswordRun>;
export type EndedPasswordRun = Exclude<PasswordRun, { outcome: "running" }>;
