import { hash } from "node:crypto";

/**
 * The prints of records: a hash beside each, by which a conditional write knows whether a record still stands as it was read, without
 * carrying the old one. A print is the same for equal records, whatever order their keys were written in.
 */
export const printOf = (record: object): string =>
  hash("sha256", JSON.stringify(inKeyOrder(record)), "base64url");

/**
 * The print a record was read with. One written before its schema had some field with a default is read with that field, and
 * would otherwise never again be equal to what stands in the table.
 */
export const printRead = (record: object): string => printsRead.get(record) ?? printOf(record);

/** Notes the print that a record was read with. */
export const rememberPrint = (record: object, print: string): void => {
  printsRead.set(record, print);
};

const printsRead = new WeakMap<object, string>();

const inKeyOrder = (value: unknown): unknown => {
  if (value === null || typeof value !== "object") return value;
  if (Array.isArray(value)) return value.map(inKeyOrder);
  const entries: [string, unknown][] = Object.entries(value);
  return Object.fromEntries(
    entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, held]) => [key, inKeyOrder(held)]),
  );
};
