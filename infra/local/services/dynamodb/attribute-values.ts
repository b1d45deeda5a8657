/**
 * What is wrong with the attribute values of an item, by DynamoDB's rules; null when nothing is. Items that come in great numbers are
 * looked at by this instead of dynalite, which takes longer over it than over writing them.
 * (DynamoDB API Reference, "AttributeValue"; Developer Guide, "Supported data types and naming rules".)
 */
export const problemOfItem = (item: Readonly<Record<string, unknown>>): string | null => {
  for (const name in item) {
    const problem = problemOf(item[name]);
    if (problem !== null) return `${name}: ${problem}`;
  }
  return null;
};

const problemOf = (value: unknown): string | null => {
  if (!isMap(value)) return "an attribute value is expected";
  let types = 0;
  for (const type in value) {
    types += 1;
    const problem = problemOfTyped(type, value[type]);
    if (problem !== null) return problem;
  }
  return types === 1 ? null : "an attribute value has exactly one data type";
};

const problemOfTyped = (type: string, held: unknown): string | null => {
  switch (type) {
    case "S":
      return typeof held === "string" ? null : "a string is expected";
    case "N":
      return isNumber(held) ? null : "a number in a string is expected";
    case "BOOL":
      return typeof held === "boolean" ? null : "true or false is expected";
    case "NULL":
      return held === true ? null : "NULL has the value true";
    case "B":
      return isBinary(held) ? null : "bytes in base64 are expected";
    case "M":
      return isMap(held) ? problemOfItem(held) : "a map is expected";
    case "L":
      return Array.isArray(held) ? firstProblem(held) : "a list is expected";
    case "SS":
      return isSetOf(held, (one) => typeof one === "string") ? null : notASet;
    case "NS":
      return isSetOf(held, isNumber) ? null : notASet;
    case "BS":
      return isSetOf(held, isBinary) ? null : notASet;
    default:
      return `${type} is no data type`;
  }
};

const firstProblem = (values: readonly unknown[]): string | null => {
  for (const value of values) {
    const problem = problemOf(value);
    if (problem !== null) return problem;
  }
  return null;
};

const isMap = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** 38 digits at most. */
const isNumber = (held: unknown): boolean =>
  typeof held === "string" &&
  /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(held) &&
  held.replace(/e.*$/i, "").replaceAll(/\D/g, "").replace(/^0+/, "").length <= 38;

const isBinary = (held: unknown): boolean =>
  typeof held === "string" && Buffer.from(held, "base64").toString("base64") === held;

const notASet = "a set holds something, each once";

const isSetOf = (held: unknown, is: (one: unknown) => boolean): boolean =>
  Array.isArray(held) && held.length > 0 && held.every(is) && new Set(held).size === held.length;
