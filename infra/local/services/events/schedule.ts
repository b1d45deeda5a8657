import type { ReportProblem } from "../../template/problems.ts";
import { type Alarm, setAlarm } from "../alarm.ts";

/** The seconds of `rate(n unit)`; `cron(…)` is reported as unsupported. */
export const rateOf = (expression: string, report: ReportProblem): number | undefined => {
  const [, count, unit] = /^rate\(([1-9]\d{0,5}) (minute|hour|day)s?\)$/.exec(expression) ?? [];
  const seconds = unit === undefined ? undefined : secondsIn.get(unit);
  if (count === undefined || seconds === undefined) {
    report("ScheduleExpression", `${expression} is not supported here; use rate(…)`);
    return undefined;
  }
  return Number(count) * seconds;
};

/** Rings again and again, first after one period. */
export const startSchedule = (everySeconds: number, now: () => number, ring: () => void): Alarm => {
  let alarm: Alarm;
  const arm = (): void => {
    alarm = setAlarm(now() + everySeconds * 1_000, now, () => {
      ring();
      arm();
    });
  };
  arm();
  return { cancel: () => alarm.cancel() };
};

const secondsIn = new Map([
  ["minute", 60],
  ["hour", 3_600],
  ["day", 86_400],
]);
