import type { MxRecord } from "../contract/migration.ts";

/** What makes one MX record the same as another: its preference and its exchange, not its TTL. */
export type MxTarget = Pick<MxRecord, "preference" | "exchange">;

/** A host name as it is compared: lower case (RFC 4343), without the dot at its end. The null MX (RFC 7505) stays `.`. */
export const normaliseExchange = (exchange: string): string => {
  const lower = exchange.toLowerCase();
  return lower.length > 1 && lower.endsWith(".") ? lower.slice(0, -1) : lower;
};

/**
 * Whether two MX sets are the same set: no record more, none less, every preference as asked for. An old record left beside
 * the new ones would go on splitting the company's mail.
 */
export const isSameMxSet = (one: readonly MxTarget[], other: readonly MxTarget[]): boolean =>
  keysOf(one).symmetricDifference(keysOf(other)).size === 0;

const keysOf = (records: readonly MxTarget[]): Set<string> =>
  new Set(records.map(({ preference, exchange }) => `${preference} ${normaliseExchange(exchange)}`));
