import { z } from "zod";
import { MemberId, MigrationId, Timestamp } from "./ids.ts";
import { StoredError } from "./stored-error.ts";

/** Newest changes that are kept by name; more are only counted. */
export const directoryChangesKept = 200;

/** Somebody who was seen for the first time, or not any more. */
export const DirectoryChange = z.strictObject({
  memberId: MemberId,
  /** Empty where the directory withholds names. */
  name: z.string(),
  at: Timestamp,
});
export type DirectoryChange = z.infer<typeof DirectoryChange>;

/** What is known of a directory that is read over the network; its members themselves lie in the uploads bucket. */
export const DirectorySnapshot = z.strictObject({
  migrationId: MigrationId,
  /** The last reading that counted; absent before the first one. */
  read: z
    .strictObject({
      /** When it began: who joined later may not be in it. */
      at: Timestamp,
      /** Whose members they are: another company's are compared with nothing. */
      corpId: z.string(),
      members: z.number().int().min(1),
      names: z.enum(["told", "withheld"]),
    })
    .optional(),
  /** Who was seen for the first time after the first reading, newest first. */
  joined: z.array(DirectoryChange).max(directoryChangesKept),
  joinedEver: z.number().int().min(0),
  /** Who was not seen any more, newest first. Nothing is taken from them: it is for people to know. */
  left: z.array(DirectoryChange).max(directoryChangesKept),
  leftEver: z.number().int().min(0),
  /** When a reading was last begun by itself, so that two are not begun at once. */
  askedAt: Timestamp.optional(),
  /** Why the last reading did not count; absent when it did. */
  trouble: z.strictObject({ error: StoredError, at: Timestamp }).optional(),
});
export type DirectorySnapshot = z.infer<typeof DirectorySnapshot>;
