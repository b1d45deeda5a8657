import { z } from "zod";
import type { ReportProblem } from "../../template/problems.ts";

/** Whether one value of an event is what a pattern asks for; a field that is not there is undefined. */
export type Condition = (value: unknown) => boolean;

/**
 * One item of a pattern's list
 * (https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html). `wildcard`, `cidr` and
 * `$or` are not supported, and reported as everything else that is not understood.
 */
export const conditionOf = (item: unknown, path: string, report: ReportProblem): Condition => {
  const exact = literal.safeParse(item);
  if (exact.success) return (value) => value === exact.data;
  const parsed = operator.safeParse(item);
  if (parsed.success) return parsed.data;
  report(path, `${JSON.stringify(item)} is not supported here`);
  return () => false;
};

const literal = z.union([z.string(), z.number(), z.boolean(), z.null()]);
const texts = z.union([z.string().transform((one) => [one]), z.array(z.string()).min(1)]);

const onText =
  (test: (text: string) => boolean): Condition =>
  (value) =>
    typeof value === "string" && test(value);
const same = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();

const ignoringCase = z.strictObject({ "equals-ignore-case": z.string() });

const prefix = z.union([
  z.string().transform((start) => onText((text) => text.startsWith(start))),
  ignoringCase.transform(({ "equals-ignore-case": start }) =>
    onText((text) => same(text.slice(0, start.length), start)),
  ),
]);
const suffix = z.union([
  z.string().transform((end) => onText((text) => text.endsWith(end))),
  ignoringCase.transform(({ "equals-ignore-case": end }) =>
    onText((text) => text.length >= end.length && same(text.slice(text.length - end.length), end)),
  ),
]);

const scalar = z.union([z.string(), z.number(), z.boolean()]);
/** A field that is not there is not "anything". */
const anythingBut = z.union([
  z.union([scalar.transform((one) => [one]), z.array(scalar).min(1)]).transform(
    (list): Condition =>
      (value) =>
        scalar.safeParse(value).success && !list.some((one) => one === value),
  ),
  z
    .strictObject({ prefix: texts })
    .transform((but) => onText((text) => !but.prefix.some((start) => text.startsWith(start)))),
  z
    .strictObject({ suffix: texts })
    .transform((but) => onText((text) => !but.suffix.some((end) => text.endsWith(end)))),
  z
    .strictObject({ "equals-ignore-case": texts })
    .transform((but) => onText((text) => !but["equals-ignore-case"].some((one) => same(one, text)))),
]);

const comparisons = {
  "=": (value: number, bound: number) => value === bound,
  "<": (value: number, bound: number) => value < bound,
  "<=": (value: number, bound: number) => value <= bound,
  ">": (value: number, bound: number) => value > bound,
  ">=": (value: number, bound: number) => value >= bound,
} as const;
const sign = z.enum(["=", "<", "<=", ">", ">="]);
const numeric = z
  .union([z.tuple([sign, z.number()]), z.tuple([sign, z.number(), sign, z.number()])])
  .transform(([first, bound, second, otherBound]): Condition => {
    return (value) =>
      typeof value === "number" &&
      comparisons[first](value, bound) &&
      (second === undefined || otherBound === undefined || comparisons[second](value, otherBound));
  });

const operator = z.union([
  z.strictObject({ prefix }).transform((one) => one.prefix),
  z.strictObject({ suffix }).transform((one) => one.suffix),
  z.strictObject({ "anything-but": anythingBut }).transform((one) => one["anything-but"]),
  z.strictObject({ numeric }).transform((one) => one.numeric),
  ignoringCase.transform((one) => onText((text) => same(text, one["equals-ignore-case"]))),
  z.strictObject({ exists: z.boolean() }).transform(
    ({ exists }): Condition =>
      (value) =>
        (value !== undefined) === exists,
  ),
]);
