import type { DatabaseSync } from "node:sqlite";
import { type Attempts, openAttempts } from "./attempts.ts";
import { type Executions, openExecutions } from "./executions.ts";
import { type History, openHistory } from "./history.ts";
import { openJournal } from "./journal.ts";
import { type Machines, openMachines } from "./machines.ts";

/** Everything the service remembers, in one database so that one commit can change all of it. */
export interface Store {
  readonly database: DatabaseSync;
  readonly machines: Machines;
  readonly executions: Executions;
  readonly attempts: Attempts;
  readonly history: History;
}

export const openStore = (dataDir: string, now: number): Store => {
  const database = openJournal(dataDir, now);
  return {
    database,
    machines: openMachines(database),
    executions: openExecutions(database),
    attempts: openAttempts(database),
    history: openHistory(database),
  };
};
