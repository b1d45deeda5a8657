import { Timestamp } from "../contract/ids.ts";
import { Day } from "../contract/pace.ts";

const milliseconds = 86_400_000;

/** The day in UTC that a moment lies in. Every worker has the same, whatever its region. */
export const dayOf = (moment: Timestamp): Day =>
  Day.parse(new Date(Date.parse(moment)).toISOString().slice(0, 10));

/** Midnight after a moment, UTC. */
export const nextDay = (moment: Timestamp): Timestamp =>
  Timestamp.parse(new Date((Math.floor(Date.parse(moment) / milliseconds) + 1) * milliseconds).toISOString());
