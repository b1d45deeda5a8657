import type { MigrationId } from "../contract/ids.ts";
import type { ImportTurn } from "../contract/import-turn.ts";
import type { Clock } from "../ports/clock.ts";
import type { ImportTurns } from "../ports/import-turns.ts";
import { hasCome, secondsAfter } from "../time/moment.ts";

export interface TurnPorts {
  readonly clock: Clock;
  readonly turns: ImportTurns;
}

/** A function lives for 15 minutes at most; whoever has not come back after that is dead. Seconds. */
export const turnSeconds = 16 * 60;

/** How long to stand by while it is somebody else's turn: false when it is enough. */
export type Patience = () => Promise<boolean>;

/** One look, and no waiting. */
export const noPatience: Patience = async () => false;

/**
 * Does the work while it is the holder's turn, and nobody else's. Others wait for the turn to be given back, which a failure does as
 * well, or for the moment after which its holder must be dead; only who was cut off himself takes it up again at once.
 * Null when patience ran out first.
 */
export const withTurn = async <Result>(
  app: TurnPorts,
  migrationId: MigrationId,
  holder: string,
  patience: Patience,
  work: () => Promise<Result>,
): Promise<{ readonly done: Result } | null> => {
  const turn = await takeTurn(app, migrationId, holder, patience);
  if (turn === null) return null;
  try {
    return { done: await work() };
  } finally {
    await app.turns.remove(turn);
  }
};

const takeTurn = async (
  app: TurnPorts,
  migrationId: MigrationId,
  holder: string,
  patience: Patience,
): Promise<ImportTurn | null> => {
  const after = (present: ImportTurn | null): ImportTurn => ({
    migrationId,
    holder,
    number: (present?.number ?? 0) + 1,
    until: secondsAfter(app.clock.now(), turnSeconds),
  });
  // Most often it is nobody's turn: whose it is asks only who has not come by it so.
  const first = after(null);
  if (await app.turns.create(first)) return first;
  for (;;) {
    const present = await app.turns.get(migrationId);
    if (present === null || present.holder === holder || hasCome(present.until, app.clock.now())) {
      const turn = after(present);
      if (present === null ? await app.turns.create(turn) : await app.turns.replace(present, turn))
        return turn;
    }
    if (!(await patience())) return null;
  }
};
