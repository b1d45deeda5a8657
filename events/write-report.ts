import { z } from "zod";
import { MigrationId } from "../shared/contract/ids.ts";

/** Asks for the report of a migration as it stands now. */
export const WriteReport = z.strictObject({ migrationId: MigrationId });
export type WriteReport = z.infer<typeof WriteReport>;

/** Where the report lies: S3 keys in the uploads bucket. */
export const ReportWritten = z.strictObject({ workbookKey: z.string(), documentKey: z.string() });
export type ReportWritten = z.infer<typeof ReportWritten>;
