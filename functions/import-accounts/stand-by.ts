import { setTimeout as pause } from "node:timers/promises";
import type { Patience } from "../../shared/accounts/with-turn.ts";

/** What 100,000 rows may take once it is their turn. Milliseconds. */
const importMilliseconds = 5 * 60_000;

/**
 * Patience as long as the time that remains would still do for the import. Standing by costs next to nothing beside a
 * person who waits for a retry that comes minutes later.
 */
export const standBy =
  (remainingMilliseconds: () => number): Patience =>
  async () => {
    if (remainingMilliseconds() < importMilliseconds) return false;
    await pause(1_000);
    return true;
  };
