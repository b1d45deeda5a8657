import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";

/**
 * Opens a service's journal in its own directory and creates what `schema` describes.
 *
 * Write-ahead logging with `synchronous = NORMAL`: a committed row is with the kernel before the statement returns, so it
 * survives `kill -9` of this process; only a power cut may take the last commits, and never leaves half of one.
 */
export const openDatabase = (directory: string, file: string, schema: string): DatabaseSync => {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const database = new DatabaseSync(join(directory, file));
  database.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON;");
  database.exec(schema);
  return database;
};

/** Runs `work` as one commit: all of its rows or none. `work` must not wait for anything. */
export const inOneCommit = <Result>(database: DatabaseSync, work: () => Result): Result => {
  database.exec("BEGIN IMMEDIATE");
  try {
    const result = work();
    database.exec("COMMIT");
    return result;
  } catch (thrown) {
    database.exec("ROLLBACK");
    throw thrown;
  }
};
