import { z } from "zod";
import { MigrationId } from "../shared/contract/ids.ts";
import { WaitingPhase } from "../shared/contract/phases.ts";

/** What the workflow hands to a phase that it then waits for: the token that ends the wait. */
export const OpenPhase = z.strictObject({
  migrationId: MigrationId,
  phase: WaitingPhase,
  taskToken: z.string().min(1).max(1_024),
});
export type OpenPhase = z.infer<typeof OpenPhase>;
