import type { Timestamp } from "../../contract/ids.ts";

/** A moment as `YYYY-MM-DD HH:MM`, so many hours ahead of UTC. */
export const hourOf = (moment: Timestamp, hoursAhead: number): string =>
  new Date(Date.parse(moment) + hoursAhead * 3_600_000).toISOString().slice(0, 16).replace("T", " ");

/** Scheme, host and port of a link: the part that tells a reader whose page it is. */
export const originOf = (url: string): string => new URL(url).origin;

/**
 * Text from a sheet as it may stand in a letter: on one line, without control characters and without those that turn the direction of
 * writing round (Unicode TR 36 §2.5), which could make an address or a link look like another.
 */
export const onOneLine = (text: string): string =>
  text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu, " ").trim();
