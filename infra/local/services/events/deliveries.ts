import { z } from "zod";
import { inOneCommit, openDatabase } from "../database.ts";
import { type Target, targetShape } from "./rule.ts";

/** An event on its way to one target. */
export interface NewDelivery {
  readonly ruleArn: string;
  readonly target: Target;
  /** What the target is given, as JSON text. */
  readonly payload: string;
  /** Milliseconds since the epoch. */
  readonly acceptedAt: number;
  /** Deliveries of one lane go one after the other; undefined for those that need no order. */
  readonly lane: string | undefined;
}

const deliveryRow = z
  .object({
    id: z.number(),
    rule_arn: z.string(),
    target: z.string(),
    payload: z.string(),
    accepted_at: z.number(),
    attempts: z.number(),
    lane: z.string().nullable(),
  })
  .transform((row) => ({
    id: row.id,
    ruleArn: row.rule_arn,
    target: targetShape.parse(JSON.parse(row.target)),
    payload: row.payload,
    acceptedAt: row.accepted_at,
    /** How often it has failed. */
    attempts: row.attempts,
    lane: row.lane ?? undefined,
  }));
export type Delivery = z.output<typeof deliveryRow>;

/** Accepted and not yet delivered: what a kill must not lose. */
export interface Deliveries {
  /** All of them or none. */
  add(deliveries: readonly NewDelivery[]): void;
  /** Those that may go now, oldest first, at most a hundred. */
  due(now: number): readonly Delivery[];
  /** When the next one may go that may not go yet. */
  nextDue(now: number): number | undefined;
  inLane(lane: string): number;
  /**
   * Takes everything as accepted only now: while the local cloud was switched off no event grew older, or a laptop closed
   * overnight would turn each of them into a dead letter.
   */
  restart(now: number): void;
  done(id: number): void;
  retry(id: number, attempts: number, dueAt: number): void;
  close(): void;
}

export const openDeliveries = (dataDir: string): Deliveries => {
  const database = openDatabase(dataDir, "events.sqlite", schema);
  const insert = database.prepare(
    "INSERT INTO deliveries (rule_arn, target, payload, accepted_at, due_at, lane) VALUES (?, ?, ?, ?, ?, ?)",
  );
  const due = database.prepare("SELECT * FROM deliveries WHERE due_at <= ? ORDER BY due_at, id LIMIT 100");
  const next = database.prepare("SELECT min(due_at) AS due FROM deliveries WHERE due_at > ?");
  const lane = database.prepare("SELECT count(*) AS count FROM deliveries WHERE lane = ?");
  const restart = database.prepare("UPDATE deliveries SET accepted_at = ?, due_at = ?");
  const remove = database.prepare("DELETE FROM deliveries WHERE id = ?");
  const retry = database.prepare("UPDATE deliveries SET attempts = ?, due_at = ? WHERE id = ?");
  return {
    add: (deliveries) =>
      inOneCommit(database, () => {
        for (const { ruleArn, target, payload, acceptedAt, lane } of deliveries) {
          insert.run(ruleArn, JSON.stringify(target), payload, acceptedAt, acceptedAt, lane ?? null);
        }
      }),
    due: (now) => due.all(now).map((row) => deliveryRow.parse(row)),
    nextDue: (now) => z.object({ due: z.number().nullable() }).parse(next.get(now)).due ?? undefined,
    inLane: (name) => z.object({ count: z.number() }).parse(lane.get(name)).count,
    restart: (now) => void restart.run(now, now),
    done: (id) => void remove.run(id),
    retry: (id, attempts, dueAt) => void retry.run(attempts, dueAt, id),
    close: () => database.close(),
  };
};

const schema = `
CREATE TABLE IF NOT EXISTS deliveries (
  id INTEGER PRIMARY KEY AUTOINCREMENT, rule_arn TEXT NOT NULL, target TEXT NOT NULL, payload TEXT NOT NULL,
  accepted_at INTEGER NOT NULL, attempts INTEGER NOT NULL DEFAULT 0, due_at INTEGER NOT NULL, lane TEXT
) STRICT;
CREATE INDEX IF NOT EXISTS deliveries_due ON deliveries (due_at);
CREATE INDEX IF NOT EXISTS deliveries_lane ON deliveries (lane);
`;
