import type { Timestamp } from "../contract/ids.ts";
import type { MigrationIn, MxRecord } from "../contract/migration.ts";
import { hasCome, secondsAfter, secondsBetween } from "../time/moment.ts";

/** How long mail may keep trickling into the old server behind the old TTL before the switch ends all the same. */
export const longestTailSeconds = 72 * 3_600;

/** A longer rest between two final passes would let mail lie on the old server, a shorter one would only cost. */
const longestRestSeconds = 300;

/** An old set that nobody could be asked about is taken to live as long as zones commonly let records live: a day. */
const unknownTtlSeconds = 86_400;

/** Until when senders may still know the old MX set: its largest TTL from now on, 72 h at most. No old set, no wait. */
export const drainUntil = (
  verifiedAt: Timestamp,
  oldSet: readonly Pick<MxRecord, "ttl">[] | null,
): Timestamp => {
  const largest = oldSet === null ? unknownTtlSeconds : Math.max(0, ...oldSet.map(({ ttl }) => ttl));
  return secondsAfter(verifiedAt, Math.min(largest, longestTailSeconds));
};

/**
 * Whether the old server has been emptied: a final pass over everybody that began after the old TTL had run out found
 * nothing. One that began earlier proves nothing, because mail may have come behind it. Mail that still comes in
 * is carried over for 72 h more; then the switch ends, because somebody may write to the old server for ever.
 */
export const isDrained = (migration: MigrationIn<"switch">, now: Timestamp): boolean => {
  const { pass, switch: stage } = migration;
  if (stage.stage !== "draining" || pass.settledAt === undefined) return false;
  if (pass.kind !== "final" || pass.only !== undefined || pass.refusedOnly) return false;
  if (!hasCome(stage.drainUntil, pass.requestedAt)) return false;
  return pass.copied === 0 || hasCome(secondsAfter(stage.drainUntil, longestTailSeconds), now);
};

/**
 * Whether the next final pass begins now. Until the old TTL has run out one starts every five minutes, and one at the
 * moment it has; afterwards each rests as long as the one before it took, so that a small company is done in seconds and a
 * large one is not scanned without pause.
 */
export const isFinalPassDue = (migration: MigrationIn<"switch">, now: Timestamp): boolean => {
  const { pass, switch: stage } = migration;
  if (stage.stage !== "draining" || pass.settledAt === undefined || isDrained(migration, now)) return false;
  if (pass.kind !== "final" || pass.only !== undefined) return true;
  if (!hasCome(stage.drainUntil, pass.requestedAt) && hasCome(stage.drainUntil, now)) return true;
  const took = hasCome(stage.drainUntil, now)
    ? secondsBetween(pass.requestedAt, pass.settledAt)
    : longestRestSeconds;
  return hasCome(secondsAfter(pass.settledAt, Math.min(took, longestRestSeconds)), now);
};
