import { z } from "zod";

/** The workflow's `Catch`: what ended it, in Step Functions' own shape. */
export const RecordFailure = z.strictObject({
  executionName: z.string().min(1).max(80),
  migrationId: z.string().optional(),
  failure: z.object({ Error: z.string(), Cause: z.string().optional() }),
});
export type RecordFailure = z.infer<typeof RecordFailure>;
