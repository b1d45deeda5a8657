import type { Json } from "./document.ts";
import { pathOf } from "./problems.ts";
import type { Scope } from "./scope.ts";

/**
 * `Fn::Sub`: a text with `${Name}`, `${LogicalId.Attribute}` and `${!Literal}`, alone or with a map of its own variables
 * (https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-sub.html).
 * `resolve` gives the values of those variables, which may be calls themselves.
 */
export const substitute = (
  argument: Json,
  path: string,
  scope: Scope,
  resolve: (value: Json, path: string, scope: Scope) => Json | undefined,
): string | undefined => {
  const [text, variables] = Array.isArray(argument) ? argument : [argument];
  if (typeof text !== "string") {
    scope.report(path, "expected a text");
    return undefined;
  }
  const own = new Map(
    Object.entries(isObject(variables) ? variables : {}).map(([name, value]) => [
      name,
      resolve(value, pathOf(path, [1, name]), scope),
    ]),
  );
  return text.replace(placeholder, (whole, name: string) => {
    if (name.startsWith("!")) {
      return `\${${name.slice(1)}}`;
    }
    const value = own.has(name) ? own.get(name) : lookUp(name, scope);
    if (typeof value !== "string" && typeof value !== "number") {
      scope.report(path, `${name} is not known here`);
      return whole;
    }
    return String(value);
  });
};

/** The names of resources, parameters and attributes a text of `Fn::Sub` speaks of. */
export const substitutedNames = (text: string): string[] =>
  [...text.matchAll(placeholder)].map(([, name]) => name ?? "").filter((name) => !name.startsWith("!"));

const placeholder = /\$\{([^}]+)\}/g;

const lookUp = (name: string, scope: Scope): string | undefined => {
  const dot = name.indexOf(".");
  return dot < 0 ? scope.reference(name) : scope.attribute(name.slice(0, dot), name.slice(dot + 1));
};

const isObject = (value: Json | undefined): value is { [key: string]: Json } =>
  typeof value === "object" && value !== null && !Array.isArray(value);
