import type { DatabaseSync } from "node:sqlite";
import { z } from "zod";

const historyRow = z
  .object({ id: z.number(), at: z.number(), type: z.string(), details: z.string() })
  .transform(({ details, ...row }) => ({ ...row, details: z.json().parse(JSON.parse(details)) }));

/** One event of an execution: `type` and the `…EventDetails` member as GetExecutionHistory names them. */
export type HistoryEvent = z.output<typeof historyRow>;

/** What an execution went through, enough to watch it; numbered from 1 without gaps. */
export interface History {
  /** Gives the event's id. */
  add(executionArn: string, at: number, type: string, details: object): number;
  count(executionArn: string): number;
  list(executionArn: string, newestFirst: boolean, limit: number, offset: number): HistoryEvent[];
}

/** AWS ends an execution whose history grows beyond this (service quotas), and so bounds a loop that never ends. */
export const HISTORY_LIMIT = 25_000;

export const openHistory = (database: DatabaseSync): History => {
  const count = database.prepare("SELECT coalesce(max(id), 0) AS count FROM history WHERE execution_arn = ?");
  const insert = database.prepare("INSERT INTO history VALUES (?, ?, ?, ?, ?)");
  const select = (order: "ASC" | "DESC") =>
    database.prepare(
      `SELECT id, at, type, details FROM history WHERE execution_arn = ? ORDER BY id ${order} LIMIT ? OFFSET ?`,
    );
  const oldestFirst = select("ASC");
  const newestFirst = select("DESC");
  const countOf = (executionArn: string): number =>
    z.object({ count: z.number() }).parse(count.get(executionArn)).count;
  return {
    count: countOf,
    add: (executionArn, at, type, details) => {
      const id = countOf(executionArn) + 1;
      insert.run(executionArn, id, at, type, JSON.stringify(details));
      return id;
    },
    list: (executionArn, newest, limit, offset) =>
      (newest ? newestFirst : oldestFirst)
        .all(executionArn, limit, offset)
        .map((row) => historyRow.parse(row)),
  };
};
