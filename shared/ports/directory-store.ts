import type { DirectorySnapshot } from "../contract/directory-snapshot.ts";
import type { MigrationId } from "../contract/ids.ts";

/** What is known of the members' directories. A record that cannot be parsed is RecordUnreadable, never absent. */
export interface DirectoryStore {
  get(id: MigrationId): Promise<DirectorySnapshot | null>;
  /** Writes whatever stood there before: the last reading is the one that counts. */
  put(snapshot: DirectorySnapshot): Promise<void>;
}
