import type { DatabaseSync } from "node:sqlite";
import { openDatabase } from "../database.ts";

/**
 * Opens what survives a kill: the executions with the state each is in, the task attempts with their tokens, and the
 * history. Executions that ended longer ago than AWS keeps them (90 days) are forgotten here.
 */
export const openJournal = (dataDir: string, now: number): DatabaseSync => {
  const database = openDatabase(dataDir, "states.sqlite", schema);
  database.prepare("DELETE FROM executions WHERE stopped_at < ?").run(now - RETENTION_MILLISECONDS);
  return database;
};

/** https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html: execution history retention time. */
const RETENTION_MILLISECONDS = 90 * 24 * 3_600_000;

/** `definition` is what the execution was started with: as on AWS, a changed machine does not change what already runs. */
const schema = `
CREATE TABLE IF NOT EXISTS machines (
  arn TEXT PRIMARY KEY, name TEXT NOT NULL, role_arn TEXT NOT NULL, definition TEXT NOT NULL,
  created_at INTEGER NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS executions (
  arn TEXT PRIMARY KEY, machine_arn TEXT NOT NULL, name TEXT NOT NULL, input TEXT NOT NULL,
  definition TEXT NOT NULL, status TEXT NOT NULL, started_at INTEGER NOT NULL,
  state TEXT NOT NULL, state_input TEXT NOT NULL, entered_at INTEGER NOT NULL,
  stopped_at INTEGER, output TEXT, error TEXT, cause TEXT
) STRICT;
CREATE INDEX IF NOT EXISTS executions_of_machine ON executions (machine_arn, started_at);
CREATE TABLE IF NOT EXISTS attempts (
  token TEXT PRIMARY KEY, execution_arn TEXT NOT NULL REFERENCES executions ON DELETE CASCADE,
  state TEXT NOT NULL, deadline INTEGER NOT NULL, submitted INTEGER NOT NULL DEFAULT 0,
  outcome TEXT, closed INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX IF NOT EXISTS attempts_of_execution ON attempts (execution_arn, closed);
CREATE TABLE IF NOT EXISTS history (
  execution_arn TEXT NOT NULL REFERENCES executions ON DELETE CASCADE,
  id INTEGER NOT NULL, at INTEGER NOT NULL, type TEXT NOT NULL, details TEXT NOT NULL,
  PRIMARY KEY (execution_arn, id)
) STRICT;
`;
