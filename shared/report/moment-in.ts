import type { Language } from "../contract/errors.ts";
import type { Timestamp } from "../contract/ids.ts";
import { hourOf } from "../notices/templates/facts.ts";

/** A moment as a reason tells it: to the minute, and with the clock it is told by. */
export const momentIn = (moment: Timestamp, language: Language): string =>
  language === "en" ? `${hourOf(moment, 0)} UTC` : `北京时间 ${hourOf(moment, 8)}`;
