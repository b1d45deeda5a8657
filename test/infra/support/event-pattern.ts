import { z } from "zod";

/**
 * Whether an event matches a rule's pattern: the part of EventBridge's language that the rules use (lists of exact values and
 * `prefix`; EventBridge user guide, "Event patterns"). Anything else throws, so that no rule is tested by half.
 */
export const matches = (pattern: unknown, event: unknown): boolean => {
  if (Array.isArray(pattern)) return pattern.some((accepted) => accepts(accepted, event));
  const fields = z.record(z.string(), z.unknown()).parse(pattern);
  const values = z.record(z.string(), z.unknown()).safeParse(event);
  return values.success && Object.entries(fields).every(([name, inner]) => matches(inner, values.data[name]));
};

const accepts = (accepted: unknown, value: unknown): boolean => {
  if (accepted === null || typeof accepted !== "object") return accepted === value;
  const { prefix } = z.strictObject({ prefix: z.string() }).parse(accepted);
  return typeof value === "string" && value.startsWith(prefix);
};
