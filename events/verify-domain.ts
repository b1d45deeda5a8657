import { z } from "zod";
import { MigrationId } from "../shared/contract/ids.ts";

/** The workflow's first step: the execution's whole input (`migration.json`, checked inside) and the execution's name. */
export const VerifyDomain = z.strictObject({
  executionName: z.string().min(1).max(80),
  settings: z.unknown(),
});
export type VerifyDomain = z.infer<typeof VerifyDomain>;

/** What goes on from there: every later step reads what it needs from the table. */
export const MigrationReference = z.strictObject({ migrationId: MigrationId });
export type MigrationReference = z.infer<typeof MigrationReference>;
