import type { DatabaseSync } from "node:sqlite";
import { z } from "zod";

const executionRow = z.object({
  arn: z.string(),
  machine_arn: z.string(),
  name: z.string(),
  /** JSON text, as given. */
  input: z.string(),
  definition: z.string(),
  status: z.enum(["RUNNING", "SUCCEEDED", "FAILED", "TIMED_OUT", "ABORTED"]),
  started_at: z.number(),
  /** The state it is in, or was in when it ended. */
  state: z.string(),
  state_input: z.string(),
  entered_at: z.number(),
  stopped_at: z.number().nullable(),
  output: z.string().nullable(),
  error: z.string().nullable(),
  cause: z.string().nullable(),
});
export type Execution = z.output<typeof executionRow>;
export type ExecutionStatus = Execution["status"];

/** How an execution ended. */
export interface ExecutionEnd {
  readonly status: Exclude<ExecutionStatus, "RUNNING">;
  readonly output?: string;
  readonly error?: string | undefined;
  readonly cause?: string | undefined;
}

/** The executions, each with the state it is in: what a restart goes on from. Times are milliseconds since the epoch. */
export interface Executions {
  add(execution: Execution): void;
  find(arn: string): Execution | undefined;
  enter(arn: string, state: string, input: string, at: number): void;
  end(arn: string, end: ExecutionEnd, at: number): void;
  running(): readonly Execution[];
  /** Newest first, as ListExecutions gives them. */
  list(machineArn: string, status: ExecutionStatus | undefined, limit: number, offset: number): Execution[];
}

export const openExecutions = (database: DatabaseSync): Executions => {
  const add = database.prepare(
    "INSERT INTO executions VALUES (?, ?, ?, ?, ?, 'RUNNING', ?, ?, ?, ?, NULL, NULL, NULL, NULL)",
  );
  const find = database.prepare("SELECT * FROM executions WHERE arn = ?");
  const enter = database.prepare(
    "UPDATE executions SET state = ?, state_input = ?, entered_at = ? WHERE arn = ?",
  );
  const end = database.prepare(
    "UPDATE executions SET status = ?, output = ?, error = ?, cause = ?, stopped_at = ? WHERE arn = ?",
  );
  const running = database.prepare("SELECT * FROM executions WHERE status = 'RUNNING' ORDER BY started_at");
  const list = database.prepare(
    `SELECT * FROM executions WHERE machine_arn = ? AND (?2 IS NULL OR status = ?2)
     ORDER BY started_at DESC, rowid DESC LIMIT ? OFFSET ?`,
  );
  return {
    add: (one) =>
      void add.run(
        one.arn,
        one.machine_arn,
        one.name,
        one.input,
        one.definition,
        one.started_at,
        one.state,
        one.state_input,
        one.entered_at,
      ),
    find: (arn) => executionRow.optional().parse(find.get(arn)),
    enter: (arn, state, input, at) => void enter.run(state, input, at, arn),
    end: (arn, { status, output, error, cause }, at) =>
      void end.run(status, output ?? null, error ?? null, cause ?? null, at, arn),
    running: () => running.all().map((row) => executionRow.parse(row)),
    list: (machineArn, status, limit, offset) =>
      list.all(machineArn, status ?? null, limit, offset).map((row) => executionRow.parse(row)),
  };
};
