/** An instant as APPEND's date-time (RFC 3501 §9), in UTC: `"07-Feb-2024 09:05:00 +0000"`. Milliseconds are dropped. */
export function wireInternalDate(instant: Date): string {
  const [day, time] = instant.toISOString().slice(0, 19).split("T");
  const [year, month, dayOfMonth] = (day ?? "").split("-");
  return `"${dayOfMonth}-${months[Number(month) - 1]}-${year} ${time} +0000"`;
}

const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
