const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const form = /^ ?(\d{1,2})-([A-Za-z]{3})-(\d{4}) (\d{2}:\d{2}:\d{2}) ([+-]\d{2})(\d{2})$/;

/** An instant as a `date-time` (RFC 3501 §9) in UTC, in its quotes. Whole seconds are all it holds. */
export const writeDate = (instant: string): string => {
  const [day = "", time = ""] = new Date(instant).toISOString().split("T");
  const [year, month, dayOfMonth] = day.split("-");
  return `"${dayOfMonth}-${months[Number(month) - 1]}-${year} ${time.slice(0, 8)} +0000"`;
};

/** The instant of a `date-time` without its quotes, ISO 8601 in UTC; null when it is none. */
export const readDate = (text: string): string | null => {
  const [, day = "", name = "", year, time, hours, minutes] = form.exec(text) ?? [];
  const month = months.findIndex((one) => one.toLowerCase() === name.toLowerCase()) + 1;
  if (month === 0) return null;
  const padded = (part: string | number): string => String(part).padStart(2, "0");
  const date = new Date(`${year}-${padded(month)}-${padded(day)}T${time}${hours}:${minutes}`);
  return Number.isNaN(date.getTime()) ? null : date.toISOString();
};
