import type { Migration, MxRecord } from "../contract/migration.ts";
import { isSameMxSet } from "../switch/mx-set.ts";

/**
 * Which set is to be drained when the domain is checked once more for a migration taken up again: the one seen now, unless
 * the switch has begun, the new set is already there or nobody could be asked. Then the recorded one stays, because senders
 * may still hold it.
 */
export const oldMx = (migration: Migration, seen: readonly MxRecord[] | null): readonly MxRecord[] | null => {
  if (migration.phase === "domain") return seen;
  if (seen === null) return migration.findings.mx;
  const switching = migration.phase === "switch" || migration.phase === "closed";
  return switching || isSameMxSet(seen, migration.settings.mx.expected) ? migration.findings.mx : seen;
};
