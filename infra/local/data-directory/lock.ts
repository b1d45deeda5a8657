import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";

/** Another process runs a cloud on this data directory; two would undo each other's work. */
export class DataDirectoryInUse extends Error {
  override readonly name = "DataDirectoryInUse";

  constructor(path: string, pid: string, options: ErrorOptions) {
    super(
      `The data directory ${path} is in use by process ${pid}. Stop that process or choose another directory with --data.`,
      options,
    );
  }
}

export interface DirectoryLock {
  release(): void;
}

/**
 * Keeps the directory for this process. What locks is an exclusive transaction of SQLite, because the kernel ends it
 * with the process, however that died: no lock is ever stale, and no pid that was given out anew is mistaken for the
 * holder. `lock.pid` is only for the message. @throws {DataDirectoryInUse}
 */
export const lockDirectory = async (directory: string): Promise<DirectoryLock> => {
  const pidPath = join(directory, "lock.pid");
  const database = new DatabaseSync(join(directory, "lock.sqlite"), { timeout: 0 });
  try {
    database.exec("BEGIN EXCLUSIVE");
  } catch (cause) {
    database.close();
    throw new DataDirectoryInUse(directory, await pidIn(pidPath), { cause });
  }
  await writeFile(pidPath, String(process.pid), { mode: 0o600 });
  return { release: () => database.close() };
};

const pidIn = async (path: string): Promise<string> => {
  try {
    return await readFile(path, "utf8");
  } catch {
    return "unknown";
  }
};
