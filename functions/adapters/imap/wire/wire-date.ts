const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const monthNumbers = new Map(months.map((name, index) => [name.toLowerCase(), index]));
const form = /^ ?(\d{1,2})-([a-z]{3})-(\d{4}) (\d\d):(\d\d):(\d\d) ([+-]\d\d)(\d\d)$/i;
const isoForm = "2026-11-22T00:00:00.000Z";

/** An instant as a `date-time` (RFC 3501 §9) in UTC, in its quotes. Whole seconds are all it holds. */
export const writeDate = (instant: string): string => {
  // What `readDate` gives is cut up as it stands, because this runs for every message.
  const isIso = instant.length === isoForm.length && instant.endsWith("Z");
  const iso = isIso ? instant : new Date(instant).toISOString();
  const month = months[Number(iso.slice(5, 7)) - 1];
  return `"${iso.slice(8, 10)}-${month}-${iso.slice(0, 4)} ${iso.slice(11, 19)} +0000"`;
};

/** The instant of a `date-time` without its quotes, ISO 8601 in UTC; null when it is none. */
export const readDate = (text: string): string | null => asWritten(text) ?? reckoned(text);

/** In UTC, and a day that every month has: what most servers say needs no calendar, and this runs for every message, thrice. */
const plainForm = /^(?:[ 0][1-9]|1\d|2[0-8])-[A-Z][a-z]{2}-\d{4} (?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d [+-]0000$/;

const asWritten = (text: string): string | null => {
  if (!plainForm.test(text)) return null;
  const month = months.indexOf(text.slice(3, 6)) + 1;
  if (month === 0) return null;
  const day = text.slice(0, 2).replace(" ", "0");
  return `${text.slice(7, 11)}-${String(month).padStart(2, "0")}-${day}T${text.slice(12, 20)}.000Z`;
};

const reckoned = (text: string): string | null => {
  const [, day, name = "", year, hour, minute, second, zoneHours = "", zoneMinutes] = form.exec(text) ?? [];
  const month = monthNumbers.get(name.toLowerCase());
  if (month === undefined || Number(day) < 1 || Number(day) > 31 || Number(hour) > 24) return null;
  const zone = 60 * Number(zoneHours) + (zoneHours.startsWith("-") ? -1 : 1) * Number(zoneMinutes);
  const date = new Date(0);
  // By its setters, because `Date.UTC` takes the years 0 to 99 for those of the last century.
  date.setUTCFullYear(Number(year), month, Number(day));
  date.setUTCHours(Number(hour), Number(minute) - zone, Number(second));
  return date.toISOString();
};
