import { randomUUID } from "node:crypto";
import { join } from "node:path";
import type { DatabaseSync } from "node:sqlite";
import { z } from "zod";
import { openDatabase } from "../database.ts";
import type { AsynchronousInvoker } from "./asynchronous-invoker.ts";

/** The others wait on disk instead of in memory. */
const runningAtMost = 100;

const schema = `
  CREATE TABLE IF NOT EXISTS event (
    id TEXT PRIMARY KEY,
    function_arn TEXT NOT NULL,
    payload TEXT NOT NULL,
    accepted_at INTEGER NOT NULL
  ) STRICT;
`;

const eventRow = z.object({
  id: z.string(),
  function_arn: z.string(),
  payload: z.string(),
  accepted_at: z.number(),
});

/**
 * Lambda's queue of asynchronous invocations. An accepted event is on disk before the caller hears so, and stays there until
 * the function returned or it was given up: one that was running when the process died is run again.
 */
export class EventQueue {
  readonly #database: DatabaseSync;
  readonly #invoker: AsynchronousInvoker;
  readonly #running = new Map<string, Promise<void>>();
  #isStopped = false;

  constructor(dataDir: string, invoker: AsynchronousInvoker) {
    this.#invoker = invoker;
    this.#database = openDatabase(join(dataDir, "lambda"), "events.sqlite", schema);
  }

  /** Takes up what an earlier boot left. Call once every function is deployed. */
  start(): void {
    this.#runWaiting();
  }

  accept(functionArn: string, payload: unknown): void {
    this.#database
      .prepare("INSERT INTO event (id, function_arn, payload, accepted_at) VALUES (?, ?, ?, ?)")
      .run(randomUUID(), functionArn, JSON.stringify(payload ?? null), Date.now());
    this.#runWaiting();
  }

  /** Starts nothing more. Events under way stay on disk for the next boot. */
  stop(): void {
    this.#isStopped = true;
  }

  /** When no run is under way any more; then the journal is closed. */
  async close(): Promise<void> {
    await Promise.all(this.#running.values());
    this.#database.close();
  }

  #runWaiting(): void {
    if (this.#isStopped) {
      return;
    }
    const events = this.#database
      .prepare("SELECT * FROM event ORDER BY accepted_at LIMIT ?")
      .all(runningAtMost)
      .map((row) => eventRow.parse(row));
    for (const event of events.filter(({ id }) => !this.#running.has(id))) {
      const run = this.#run(event).finally(() => {
        this.#running.delete(event.id);
        this.#runWaiting();
      });
      this.#running.set(event.id, run);
    }
  }

  async #run({ id, function_arn, payload, accepted_at }: z.output<typeof eventRow>): Promise<void> {
    const end = await this.#invoker.run(function_arn, JSON.parse(payload), accepted_at);
    if (end === "settled") {
      this.#database.prepare("DELETE FROM event WHERE id = ?").run(id);
    }
  }
}
