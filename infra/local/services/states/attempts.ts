import { randomBytes } from "node:crypto";
import type { DatabaseSync } from "node:sqlite";
import { z } from "zod";

const outcomeShape = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("succeeded"), output: z.json() }),
  z.object({ kind: z.literal("failed"), error: z.string(), cause: z.string() }),
]);
/** What SendTaskSuccess or SendTaskFailure said of a task. */
export type Outcome = z.output<typeof outcomeShape>;

const attemptRow = z
  .object({
    token: z.string(),
    execution_arn: z.string(),
    state: z.string(),
    deadline: z.number(),
    submitted: z.number(),
    outcome: z.string().nullable(),
    closed: z.number(),
  })
  .transform((row) => ({
    token: row.token,
    executionArn: row.execution_arn,
    state: row.state,
    /** Milliseconds since the epoch; a restart does not move it. */
    deadline: row.deadline,
    /** Whether the function that was handed the token has returned. */
    submitted: row.submitted === 1,
    outcome: row.outcome === null ? undefined : outcomeShape.parse(JSON.parse(row.outcome)),
    /** Whether the state has stopped waiting for it. */
    closed: row.closed === 1,
  }));
export type Attempt = z.output<typeof attemptRow>;

/** The task tokens handed out, each one attempt of a waiting state. */
export interface Attempts {
  /** Mints a token that is valid until `deadline`, on this and every later run of the local cloud. */
  begin(executionArn: string, state: string, deadline: number): Attempt;
  find(token: string): Attempt | undefined;
  /** The attempt a state was waiting for when the local cloud ended. */
  openOf(executionArn: string, state: string): Attempt | undefined;
  submitted(token: string): void;
  settle(token: string, outcome: Outcome): void;
  /** Ends the waiting: from here on the execution's tokens are late. */
  closeAllOf(executionArn: string): void;
}

export const openAttempts = (database: DatabaseSync): Attempts => {
  const insert = database.prepare(
    "INSERT INTO attempts (token, execution_arn, state, deadline) VALUES (?, ?, ?, ?)",
  );
  const find = database.prepare("SELECT * FROM attempts WHERE token = ?");
  const open = database.prepare(
    "SELECT * FROM attempts WHERE execution_arn = ? AND state = ? AND closed = 0 ORDER BY rowid DESC LIMIT 1",
  );
  const submitted = database.prepare("UPDATE attempts SET submitted = 1 WHERE token = ?");
  const settle = database.prepare("UPDATE attempts SET outcome = ? WHERE token = ?");
  const close = database.prepare("UPDATE attempts SET closed = 1 WHERE execution_arn = ? AND closed = 0");
  return {
    begin: (executionArn, state, deadline) => {
      const token = randomBytes(48).toString("base64url");
      insert.run(token, executionArn, state, deadline);
      return { token, executionArn, state, deadline, submitted: false, outcome: undefined, closed: false };
    },
    find: (token) => attemptRow.optional().parse(find.get(token)),
    openOf: (executionArn, state) => attemptRow.optional().parse(open.get(executionArn, state)),
    submitted: (token) => void submitted.run(token),
    settle: (token, outcome) => void settle.run(JSON.stringify(outcome), token),
    closeAllOf: (executionArn) => void close.run(executionArn),
  };
};
