/** In the order in which a week goes. */
export const weekdays = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;
export type Weekday = (typeof weekdays)[number];

/** A moment as a clock on the wall shows it. */
export interface LocalTime {
  readonly year: number;
  /** 1 … 12. */
  readonly month: number;
  readonly day: number;
  /** Minutes since midnight. */
  readonly minute: number;
}

/** Whether the IANA database, as this runtime has it, knows the zone. */
export const isTimeZone = (name: string): boolean => {
  try {
    formatFor(name);
    return true;
  } catch {
    return false;
  }
};

/** What the clocks of a zone show at a moment (milliseconds since 1970). */
export const localTimeAt = (milliseconds: number, timeZone: string): LocalTime => {
  const parts = new Map(
    formatFor(timeZone)
      .formatToParts(milliseconds)
      .map(({ type, value }) => [type, Number(value)]),
  );
  const part = (type: Intl.DateTimeFormatPartTypes): number => parts.get(type) ?? 0;
  return {
    year: part("year"),
    month: part("month"),
    day: part("day"),
    minute: part("hour") * 60 + part("minute"),
  };
};

/**
 * When the clocks of a zone show a time: the moment in milliseconds since 1970. A time that a clock change leaves out is that
 * much later; one that comes twice is one of the two.
 */
export const momentOf = ({ year, month, day, minute }: LocalTime, timeZone: string): number => {
  const wanted = Date.UTC(year, month - 1, day, 0, minute);
  let moment = wanted;
  // The zone's offset is that of the moment sought, which is known well enough after a first guess.
  for (let guess = 0; guess < 2; guess += 1) moment += wanted - shownAt(moment, timeZone);
  return moment;
};

/** The day after so many days, which may be negative. */
export const daysLater = ({ year, month, day, minute }: LocalTime, days: number): LocalTime => {
  const date = new Date(Date.UTC(year, month - 1, day + days));
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate(), minute };
};

export const weekdayOf = ({ year, month, day }: LocalTime): Weekday =>
  weekdays[(new Date(Date.UTC(year, month - 1, day)).getUTCDay() + 6) % 7] ?? "mon";

const shownAt = (milliseconds: number, timeZone: string): number => {
  const { year, month, day, minute } = localTimeAt(milliseconds, timeZone);
  return Date.UTC(year, month - 1, day, 0, minute);
};

const formats = new Map<string, Intl.DateTimeFormat>();

/** Kept, because making one takes longer than everything else here. */
const formatFor = (timeZone: string): Intl.DateTimeFormat => {
  const known = formats.get(timeZone);
  if (known !== undefined) return known;
  const format = new Intl.DateTimeFormat("en-US", {
    timeZone,
    calendar: "gregory",
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
  });
  formats.set(timeZone, format);
  return format;
};
