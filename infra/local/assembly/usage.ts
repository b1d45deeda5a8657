import { statSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { z } from "zod";

/**
 * Says that this process uses a directory, until what is given is disposed of, once or more often, or nobody has it any more, or the
 * process dies, however that comes: as with data directories the kernel ends the lock. Any number of processes may. Null when the directory is not there, or somebody is removing it.
 */
export const useDirectory = (directory: string): Disposable | null => {
  const before = lockFileOf(directory);
  const usage = locked(directory, "BEGIN; SELECT count(*) FROM sqlite_master");
  // Put away in between, it was not this one that was locked.
  if (usage === null || before === undefined || lockFileOf(directory) === before) return usage;
  usage[Symbol.dispose]();
  return null;
};

/** Keeps a directory that nobody uses from being used; null when somebody does, or it is not there. */
export const claimDirectory = (directory: string): Disposable | null => locked(directory, "BEGIN EXCLUSIVE");

const fileName = "in-use.sqlite";

const locked = (directory: string, statement: string): Disposable | null => {
  for (let attempt = 1; ; attempt += 1) {
    let database: DatabaseSync | undefined;
    try {
      database = new DatabaseSync(join(directory, fileName), { timeout: 0 });
      database.exec(statement);
      return database;
    } catch (thrown) {
      database?.close();
      const isBusy = sqliteError.safeParse(thrown).data?.errcode === busy;
      if (isBusy || statSync(directory, { throwIfNoEntry: false }) === undefined) return null;
      if (attempt === attempts) throw thrown;
    }
  }
};

/** What could not be opened and is there all the same may have come in between; if that happens so often, it is there and can't be opened. */
const attempts = 10;

/** SQLITE_BUSY. */
const busy = 5;

const sqliteError = z.object({ errcode: z.number() });

/** The lock's own number in the file system; undefined before anybody used the directory. */
const lockFileOf = (directory: string): number | undefined =>
  statSync(join(directory, fileName), { throwIfNoEntry: false })?.ino;
