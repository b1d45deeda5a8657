import type { Uid, UidSet } from "../contract/ids.ts";
import type { UidMap } from "../contract/mailbox.ts";
import { uidOf, uidRange, unionOf } from "./uid-set.ts";

/** One message on both sides. */
export type UidPair = readonly [source: Uid, target: Uid];

/** The map of these pairs, as few runs as they allow: a folder copied in order into a new one is a single run. */
export const uidMapOf = (pairs: Iterable<UidPair>): UidMap => {
  const runs: [Uid, Uid, number][] = [];
  for (const [source, target] of [...pairs].sort((one, other) => one[0] - other[0])) {
    const last = runs.at(-1);
    if (last !== undefined && source === last[0] + last[2] && target === last[1] + last[2]) last[2] += 1;
    else runs.push([source, target, 1]);
  }
  return runs;
};

/** The map's pairs, ascending by source UID inside each run. */
export function* pairsOf(map: UidMap): Generator<UidPair> {
  for (const [source, target, length] of map) {
    for (let offset = 0; offset < length; offset += 1) yield [uidOf(source + offset), uidOf(target + offset)];
  }
}

export const sourceUidsOf = (map: UidMap): UidSet =>
  unionOf(...map.map(([source, , length]) => uidRange(source, source + length - 1)));

export const targetUidsOf = (map: UidMap): UidSet =>
  unionOf(...map.map(([, target, length]) => uidRange(target, target + length - 1)));

export const countMapped = (map: UidMap): number => map.reduce((count, [, , length]) => count + length, 0);
