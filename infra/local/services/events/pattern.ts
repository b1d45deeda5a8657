import { z } from "zod";
import type { ReportProblem } from "../../template/problems.ts";
import { type Condition, conditionOf } from "./pattern-conditions.ts";

/** Whether an event is one that a rule asked for. */
export type EventMatcher = (event: unknown) => boolean;

/**
 * Compiles an event pattern (https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-patterns.html). Every field
 * named must match; of the values listed for a field one must. A value that is an array matches when one of its elements
 * does, and of an array of objects one object must match all of the fields asked of it.
 *
 * What is not understood is reported and matches nothing.
 */
export const compilePattern = (pattern: unknown, path: string, report: ReportProblem): EventMatcher => {
  const fields = fieldsOf(pattern);
  if (fields === undefined) {
    report(path, "must be an object with at least one field");
    return () => false;
  }
  for (const [name] of fields) {
    if (!envelopeFields.includes(name)) report(`${path}.${name}`, "is no field of an event");
  }
  return compileFields(fields, path, report);
};

const envelopeFields: readonly string[] = [
  "version",
  "id",
  "detail-type",
  "source",
  "account",
  "time",
  "region",
  "resources",
  "detail",
];

const compileFields = (
  fields: readonly (readonly [string, unknown])[],
  path: string,
  report: ReportProblem,
): EventMatcher => {
  const matchers = fields.map(
    ([name, node]) => [name, compileNode(node, `${path}.${name}`, report)] as const,
  );
  const matchesOne = (value: unknown): boolean => {
    const known = record.safeParse(value).data;
    return matchers.every(([name, matches]) => matches(known?.[name]));
  };
  return (value) => (Array.isArray(value) && value.length > 0 ? value.some(matchesOne) : matchesOne(value));
};

const compileNode = (node: unknown, path: string, report: ReportProblem): EventMatcher => {
  if (Array.isArray(node)) {
    if (node.length === 0) report(path, "lists no value, so it could never match");
    return compileLeaf(node.map((item: unknown, at) => conditionOf(item, `${path}.${at}`, report)));
  }
  const fields = fieldsOf(node);
  if (fields !== undefined) return compileFields(fields, path, report);
  report(path, "must be a list of values or an object");
  return () => false;
};

const compileLeaf =
  (conditions: readonly Condition[]): EventMatcher =>
  (value) => {
    const candidates: readonly unknown[] = Array.isArray(value) && value.length > 0 ? value : [value];
    return conditions.some((condition) => candidates.some(condition));
  };

const record = z.record(z.string(), z.unknown());

const fieldsOf = (node: unknown): readonly (readonly [string, unknown])[] | undefined => {
  const known = Array.isArray(node) ? undefined : record.safeParse(node).data;
  const fields = Object.entries(known ?? {});
  return fields.length === 0 ? undefined : fields;
};
