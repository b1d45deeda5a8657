import { type Uid, UidSet } from "../contract/ids.ts";

/** Messages first … last, both included. */
type Range = readonly [first: number, last: number];

const largestUid = 4_294_967_295;
const uidSetForm = /^$|^\d+(:\d+)?(,\d+(:\d+)?)*$/;

/** The set that holds nothing. */
export const emptyUidSet: UidSet = UidSet.parse("");

/** Makes a UID of a number. By hand instead of by schema because it runs for every message. @throws RangeError */
export const uidOf = (value: number): Uid => {
  if (isUid(value)) return value;
  throw new RangeError(`${value} is not a UID.`);
};

/** The set of these UIDs, in whatever order and however often they come. */
export const uidSetOf = (uids: Iterable<number>): UidSet => format(runsIn(uids));

/** A set as a server writes it. @throws RangeError */
export const uidSetFrom = (text: string): UidSet => format(parse(toUidSet(text)));

/** The UIDs first … last; empty when last lies before first. */
export const uidRange = (first: number, last: number): UidSet =>
  last < first ? emptyUidSet : format([[Math.max(1, first), last]]);

/** All UIDs of the set, ascending, one at a time: a set may stand for millions. */
export function* uidsIn(set: UidSet): Generator<Uid> {
  for (const [first, last] of parse(set)) for (let uid = first; uid <= last; uid += 1) yield uidOf(uid);
}

export const countUids = (set: UidSet): number =>
  parse(set).reduce((count, [first, last]) => count + last - first + 1, 0);

export const unionOf = (...sets: readonly UidSet[]): UidSet => format(sets.flatMap(parse));

/** What is in `set` and not in `other`. */
export const without = (set: UidSet, other: UidSet): UidSet => {
  const holes = parse(other);
  return format(parse(set).flatMap((range) => pieces(range, holes)));
};

export const intersectionOf = (one: UidSet, other: UidSet): UidSet => without(one, without(one, other));

/** The part of the set below a UID. */
export const below = (set: UidSet, uid: number): UidSet => without(set, uidRange(uid, largestUid));

/** The set cut into sets of so many UIDs, ascending; the last may have fewer. */
export function* slicesOf(set: UidSet, length: number): Generator<UidSet> {
  let slice: Range[] = [];
  let room = length;
  for (const [first, last] of parse(set)) {
    for (let start = first; start <= last; ) {
      const end = Math.min(last, start + room - 1);
      slice.push([start, end]);
      room -= end - start + 1;
      start = end + 1;
      if (room > 0) continue;
      yield format(slice);
      slice = [];
      room = length;
    }
  }
  if (slice.length > 0) yield format(slice);
}

/**
 * The set in pieces that each fit into a command line, in order: servers may refuse lines beyond about 8,000 octets
 * (RFC 2683 §3.2.1.5).
 */
export const piecesOf = (set: UidSet, maximumLength = 4_000): readonly UidSet[] => {
  const lines: string[][] = [];
  let length = Number.POSITIVE_INFINITY;
  for (const range of set === "" ? [] : set.split(",")) {
    if (length + range.length + 1 > maximumLength) {
      lines.push([]);
      length = 0;
    }
    lines.at(-1)?.push(range);
    length += range.length + 1;
  }
  return lines.map((ranges) => toUidSet(ranges.join(",")));
};

const isUid = (value: number): value is Uid => Number.isInteger(value) && value >= 1 && value <= largestUid;

const isUidSet = (text: string): text is UidSet => uidSetForm.test(text);

const toUidSet = (text: string): UidSet => {
  if (isUidSet(text)) return text;
  throw new RangeError(`${text} is not a set of UIDs.`);
};

/** UIDs most often come ascending, so that a few ranges stand for thousands of them before anything is sorted. */
const runsIn = (uids: Iterable<number>): readonly Range[] => {
  const runs: [number, number][] = [];
  for (const uid of uids) {
    const last = runs.at(-1);
    if (last !== undefined && uid === last[1] + 1) last[1] = uid;
    else runs.push([uid, uid]);
  }
  return runs;
};

/** Ascending and disjoint, whatever the text's order: a server may answer `9:1`. */
const parse = (set: UidSet): readonly Range[] =>
  set === ""
    ? []
    : merge(
        set.split(",").map((text): Range => {
          const [first = 0, last = first] = text.split(":").map(Number);
          return first <= last ? [first, last] : [last, first];
        }),
      );

const format = (ranges: readonly Range[]): UidSet =>
  toUidSet(
    merge(ranges)
      .map(([first, last]) => (first === last ? `${uidOf(first)}` : `${uidOf(first)}:${uidOf(last)}`))
      .join(","),
  );

const merge = (ranges: readonly Range[]): readonly Range[] => {
  const merged: [number, number][] = [];
  for (const [first, last] of ranges.toSorted((one, other) => one[0] - other[0])) {
    const previous = merged.at(-1);
    if (previous !== undefined && first <= previous[1] + 1) previous[1] = Math.max(previous[1], last);
    else merged.push([first, last]);
  }
  return merged;
};

/** What the holes leave of a range. Both are ascending, so the holes before the range are passed over by bisection. */
const pieces = ([first, last]: Range, holes: readonly Range[]): readonly Range[] => {
  const left: Range[] = [];
  let start = first;
  for (let index = firstEndingAtOrAfter(holes, first); index < holes.length; index += 1) {
    const hole = holes[index];
    if (hole === undefined || hole[0] > last) break;
    if (hole[0] > start) left.push([start, hole[0] - 1]);
    start = hole[1] + 1;
  }
  if (start <= last) left.push([start, last]);
  return left;
};

const firstEndingAtOrAfter = (ranges: readonly Range[], uid: number): number => {
  let low = 0;
  let high = ranges.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ranges[middle]?.[1] ?? 0) < uid) low = middle + 1;
    else high = middle;
  }
  return low;
};
