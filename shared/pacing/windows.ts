import { Timestamp } from "../contract/ids.ts";
import type { CopyWindow } from "../contract/settings.ts";
import { daysLater, localTimeAt, momentOf, weekdayOf } from "../time/local-time.ts";

/** A window opens at least once in so many days, whatever its days are. */
const aWeekAndADay = 8;

/**
 * When copying may begin: null for now, because there are no windows or one is open; otherwise the next opening. Work that has
 * begun is not cut off at the end of a window: a visit is about a minute's.
 */
export const nextOpening = (windows: readonly CopyWindow[] | undefined, now: Timestamp): Timestamp | null => {
  if (windows === undefined) return null;
  const moment = Date.parse(now);
  const openings = windows.flatMap((window) => [...openingsAround(window, moment)]);
  if (openings.some(({ opens, closes }) => opens <= moment && moment < closes)) return null;
  const next = Math.min(...openings.map(({ opens }) => opens).filter((opens) => opens > moment));
  return Timestamp.parse(new Date(next).toISOString());
};

/** A window's openings from yesterday's, which may still be open, to those of the next week. */
function* openingsAround(
  { days, from, to, timeZone }: CopyWindow,
  moment: number,
): Generator<{ readonly opens: number; readonly closes: number }> {
  const [start, end] = [minutesOf(from), minutesOf(to)];
  const today = localTimeAt(moment, timeZone);
  for (let offset = -1; offset <= aWeekAndADay; offset += 1) {
    const day = daysLater(today, offset);
    if (!days.includes(weekdayOf(day))) continue;
    const lastDay = end <= start ? daysLater(day, 1) : day;
    yield {
      opens: momentOf({ ...day, minute: start }, timeZone),
      closes: momentOf({ ...lastDay, minute: end }, timeZone),
    };
  }
}

const minutesOf = (time: string): number => {
  const [hours = 0, minutes = 0] = time.split(":").map(Number);
  return hours * 60 + minutes;
};
