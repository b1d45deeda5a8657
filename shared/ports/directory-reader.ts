import type { DirectoryAnswer, ReadDirectory } from "../../events/read-directory.ts";
import type { MigrationId } from "../contract/ids.ts";

/** Whoever reads directories: a function of its own, because only its address is one that WeCom trusts. */
export interface DirectoryReader {
  /** Has the directory read now and waits for what becomes of it. */
  read(request: Pick<ReadDirectory, "migrationId" | "evenIfFewer">): Promise<DirectoryAnswer>;
  /** Has the directory read soon; resolves when that is sure to happen. */
  ask(migrationId: MigrationId): Promise<void>;
}
