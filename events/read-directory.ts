import { z } from "zod";
import { DirectoryChange, directoryChangesKept } from "../shared/contract/directory-snapshot.ts";
import { MigrationId } from "../shared/contract/ids.ts";
import { StoredError } from "../shared/contract/stored-error.ts";

/** Reads a migration's members from the directory that its settings name. */
export const ReadDirectory = z.strictObject({
  migrationId: MigrationId,
  /** An operator says that it is right that far fewer members are seen than before. */
  evenIfFewer: z.boolean().optional(),
  /** Nobody waits for the answer, so trouble that does not pass by itself is a failure of the function, which calls an operator. */
  unattended: z.boolean().optional(),
});
export type ReadDirectory = z.infer<typeof ReadDirectory>;

/** What a reading saw. */
export const DirectorySeen = z.strictObject({
  members: z.number().int(),
  /** `withheld`: the secret is told account names only, not what people are called. */
  names: z.enum(["told", "withheld"]),
  /** Since the first reading. */
  joinedEver: z.number().int(),
  leftEver: z.number().int(),
  /** The newest of them by name, newest first. */
  joined: z.array(DirectoryChange).max(directoryChangesKept),
  left: z.array(DirectoryChange).max(directoryChangesKept),
});
export type DirectorySeen = z.infer<typeof DirectorySeen>;

/**
 * What became of it: `taken` is the members' list from now on; `notTaken` leaves the one there was, and says why; `notAsked` when
 * the migration's directory is a file or a sheet.
 */
export const DirectoryAnswer = z.discriminatedUnion("outcome", [
  DirectorySeen.extend({ outcome: z.literal("taken") }),
  z.strictObject({ outcome: z.literal("notTaken"), error: StoredError }),
  z.strictObject({ outcome: z.literal("notAsked") }),
]);
export type DirectoryAnswer = z.infer<typeof DirectoryAnswer>;
