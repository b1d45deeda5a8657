import type { DirectorySnapshot } from "../contract/directory-snapshot.ts";
import type { MigrationId } from "../contract/ids.ts";

/** What is known of a directory before its first reading. */
export const unreadDirectory = (migrationId: MigrationId): DirectorySnapshot => ({
  migrationId,
  joined: [],
  joinedEver: 0,
  left: [],
  leftEver: 0,
});
