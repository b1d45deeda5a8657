import { z } from "zod";

/**
 * Whether an event matches a rule's pattern: the part of EventBridge's language that the rules use (lists of exact values and
 * `prefix` and `exists`; EventBridge user guide, "Event patterns"). Anything else throws, so that no rule is tested by half.
 */
export const matches = (pattern: unknown, event: unknown): boolean => {
  if (Array.isArray(pattern)) return pattern.some((accepted) => accepts(accepted, event));
  const fields = z.record(z.string(), z.unknown()).parse(pattern);
  const values = z.record(z.string(), z.unknown()).safeParse(event);
  return values.success && Object.entries(fields).every(([name, inner]) => matches(inner, values.data[name]));
};

const Condition = z
  .strictObject({ prefix: z.string(), exists: z.boolean() })
  .partial()
  .refine((condition) => Object.keys(condition).length === 1);

const accepts = (accepted: unknown, value: unknown): boolean => {
  if (accepted === null || typeof accepted !== "object") return accepted === value;
  const { prefix, exists } = Condition.parse(accepted);
  if (exists !== undefined) return (value !== undefined) === exists;
  return typeof value === "string" && prefix !== undefined && value.startsWith(prefix);
};
