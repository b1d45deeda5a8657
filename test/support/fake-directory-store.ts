import { DirectorySnapshot } from "../../shared/contract/directory-snapshot.ts";
import type { MigrationId } from "../../shared/contract/ids.ts";
import type { DirectoryStore } from "../../shared/ports/directory-store.ts";

/** What is known of directories, in memory; what is written is parsed, as what is read back would be. */
export class FakeDirectoryStore implements DirectoryStore {
  readonly #snapshots = new Map<MigrationId, DirectorySnapshot>();

  async get(id: MigrationId): Promise<DirectorySnapshot | null> {
    return structuredClone(this.#snapshots.get(id) ?? null);
  }

  async put(snapshot: DirectorySnapshot): Promise<void> {
    this.#snapshots.set(snapshot.migrationId, DirectorySnapshot.parse(snapshot));
  }
}
