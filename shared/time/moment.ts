import { Timestamp } from "../contract/ids.ts";

/** The moment so many seconds after another (or before, when negative). */
export const secondsAfter = (moment: Timestamp, seconds: number): Timestamp =>
  Timestamp.parse(new Date(Date.parse(moment) + seconds * 1_000).toISOString());

/** Seconds from one moment to a later one; negative when it is not later. */
export const secondsBetween = (from: Timestamp, to: Timestamp): number =>
  (Date.parse(to) - Date.parse(from)) / 1_000;

/** Whether `moment` has come at `now`. Compared as instants, because ISO text with and without fractions sorts wrongly. */
export const hasCome = (moment: Timestamp, now: Timestamp): boolean => Date.parse(moment) <= Date.parse(now);
