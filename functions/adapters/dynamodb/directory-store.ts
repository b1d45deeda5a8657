import { DirectorySnapshot } from "../../../shared/contract/directory-snapshot.ts";
import { keys } from "../../../shared/contract/table.ts";
import type { DirectoryStore } from "../../../shared/ports/directory-store.ts";
import type { StateTable } from "./state-table.ts";

/** What is known of the members' directories, in the state table. */
export const dynamoDirectoryStore = (table: StateTable): DirectoryStore => ({
  get: (id) => table.get(keys.directory(id), DirectorySnapshot),
  put: (snapshot) => table.put(keys.directory(snapshot.migrationId), snapshot),
});
