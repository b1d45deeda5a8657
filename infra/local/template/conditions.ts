import type { Json } from "./document.ts";
import { resolve } from "./intrinsics.ts";
import { pathOf } from "./problems.ts";
import type { Scope } from "./scope.ts";

/**
 * Whether a condition of the template's `Conditions` section holds. Undefined (and reported) when it uses a function
 * other than `Fn::Equals`, `Fn::And`, `Fn::Or`, `Fn::Not` and `Condition`, or when conditions name each other in a circle.
 */
export const evaluateCondition = (
  name: string,
  conditions: Readonly<Record<string, Json>>,
  scope: Scope,
  beingEvaluated: ReadonlySet<string> = new Set(),
): boolean | undefined => {
  const body = conditions[name];
  if (body === undefined || beingEvaluated.has(name)) {
    return undefined;
  }
  const within = new Set([...beingEvaluated, name]);
  const holds = (expression: Json, path: string): boolean | undefined => {
    const [entry] = typeof expression === "object" && expression !== null ? Object.entries(expression) : [];
    const [operator, argument] = entry ?? ["", null];
    const members = Array.isArray(argument) ? argument : [];
    const memberPath = (index: number): string => pathOf(path, [operator, index]);
    const results = (): (boolean | undefined)[] =>
      members.map((member, index) => holds(member, memberPath(index)));
    switch (operator) {
      case "Condition":
        return typeof argument === "string"
          ? evaluateCondition(argument, conditions, scope, within)
          : undefined;
      case "Fn::Equals": {
        const [left, right] = members.map((member, index) => resolve(member, memberPath(index), scope));
        return comparable(left) === comparable(right);
      }
      case "Fn::And":
        return results().every((result) => result === true);
      case "Fn::Or":
        return results().includes(true);
      case "Fn::Not":
        return results()[0] === false;
      default:
        scope.report(path, `the condition function ${operator} is not supported`);
        return undefined;
    }
  };
  return holds(body, `Conditions.${name}`);
};

/** CloudFormation compares texts, so `1` equals `"1"`. */
const comparable = (value: Json | undefined): string =>
  typeof value === "string" ? value : JSON.stringify(value ?? null);
