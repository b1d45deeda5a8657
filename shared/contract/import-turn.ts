import { z } from "zod";
import { MigrationId, Timestamp } from "./ids.ts";

/**
 * Whose turn it is to change which accounts a migration has. Rows are judged against the accounts that are there, so two imports
 * at once would each let in what the other forbids: one target for two mailboxes, the password of one file with the member of another.
 */
export const ImportTurn = z.strictObject({
  migrationId: MigrationId,
  /** Which upload is imported, or that the accounts are cleared; the same holder takes its turn up again. */
  holder: z.string().min(1).max(4_096),
  /** Grows whenever the turn is taken up, so that nobody gives back the turn that another delivery has taken over. */
  number: z.number().int().min(1),
  /** Nobody works on it after this moment any more. */
  until: Timestamp,
});
export type ImportTurn = z.infer<typeof ImportTurn>;
