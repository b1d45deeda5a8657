import type { MigrationId } from "../contract/ids.ts";
import { objectKeys } from "../contract/objects.ts";
import type { MigrationSettings } from "../contract/settings.ts";

/**
 * Where an import finds the members: in an object of the uploads bucket, or in the workbook itself. The directory of the last workbook
 * that brought one is kept at the path, for those that bring none.
 */
export interface DirectoryPlace {
  readonly kind: "sheet" | "file";
  readonly path: string;
}

/** A directory that is read over the network leaves its snapshot where a directory file would lie. */
export const directoryPlace = (
  directory: MigrationSettings["directory"],
  migrationId: MigrationId,
): DirectoryPlace =>
  directory.kind === "file"
    ? directory
    : { kind: directory.kind === "sheet" ? "sheet" : "file", path: objectKeys.directory(migrationId) };
