import { detached, unescaped } from "./text-gatherer.ts";

/** What is needed to turn a cell into text. */
export interface CellContext {
  readonly sharedStrings: readonly string[];
  readonly dateStyles: ReadonlySet<number>;
  readonly from1904: boolean;
}

/** A cell as its sheet writes it: type, style and raw value (ECMA-376 §18.3.1.4). */
export interface RawCell {
  readonly type: string;
  readonly style: number;
  readonly value: string;
}

/** The cell as text. A formula's value is the last result that the writing program left; it is never computed here. */
export const cellText = ({ type, style, value }: RawCell, context: CellContext): string => {
  switch (type) {
    case "s":
      return context.sharedStrings[Number(value)] ?? "";
    case "str":
      return unescaped(detached(value));
    case "inlineStr":
      return value;
    case "e":
    case "d":
      return detached(value);
    case "b":
      return value.trim() === "1" || value.trim() === "true" ? "TRUE" : "FALSE";
    default:
      return value === ""
        ? ""
        : numberText(detached(value).trim(), context.dateStyles.has(style), context.from1904);
  }
};

const numberText = (value: string, isDate: boolean, from1904: boolean): string => {
  const number = Number(value);
  if (Number.isNaN(number)) return value;
  if (isDate) return dateText(number, from1904) ?? value;
  // Digits as they are written: a number of more than 15 digits would be rounded otherwise.
  if (/^\d+$/.test(value)) return value;
  const rounded = Number(number.toPrecision(15));
  return Number.isInteger(rounded) ? BigInt(rounded).toString() : String(rounded);
};

const dayMilliseconds = 86_400_000;

/** Excel's day 60 is 1900-02-29, which never was; days before it count from one day later. Null outside 1900 … 9999. */
const dateText = (serial: number, from1904: boolean): string | null => {
  const origin = from1904 ? Date.UTC(1904, 0, 1) : Date.UTC(1899, 11, serial < 60 ? 31 : 30);
  const moment = new Date(origin + Math.round(serial * 86_400) * 1_000);
  if (serial < 0 || Number.isNaN(moment.getTime()) || moment.getUTCFullYear() > 9999) return null;
  const text = moment.toISOString();
  return moment.getTime() % dayMilliseconds === 0 ? text.slice(0, 10) : text.slice(0, 19);
};
