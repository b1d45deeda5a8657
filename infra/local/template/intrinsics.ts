import type { Json } from "./document.ts";
import { pathOf } from "./problems.ts";
import type { Scope } from "./scope.ts";
import { substitute } from "./substitution.ts";

/**
 * A value with its intrinsic functions replaced, as CloudFormation documents them
 * (https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference.html).
 * Undefined stands for `AWS::NoValue` (the property or element is left out) and for whatever was reported as a problem.
 */
export const resolve = (value: Json, path: string, scope: Scope): Json | undefined => {
  if (Array.isArray(value)) {
    return value
      .map((element, index) => resolve(element, pathOf(path, [index]), scope))
      .filter((element) => element !== undefined);
  }
  if (value === null || typeof value !== "object") {
    return value;
  }
  const call = intrinsicOf(value);
  if (call === undefined) {
    return resolveObject(value, path, scope);
  }
  const intrinsic = intrinsics[call.name];
  if (intrinsic === undefined) {
    scope.report(path, `the intrinsic function ${call.name} is not supported`);
    return undefined;
  }
  return intrinsic(call.argument, pathOf(path, [call.name]), scope);
};

/** An object with one key that names a function is a call of it; everything else is data. */
export const intrinsicOf = (value: { [key: string]: Json }): { name: string; argument: Json } | undefined => {
  const [entry, ...others] = Object.entries(value);
  if (entry === undefined || others.length > 0) {
    return undefined;
  }
  const [name, argument] = entry;
  return name === "Ref" || name.startsWith("Fn::") ? { name, argument } : undefined;
};

const resolveObject = (value: { [key: string]: Json }, path: string, scope: Scope): Json => {
  const resolved: { [key: string]: Json } = {};
  for (const [key, member] of Object.entries(value)) {
    const result = resolve(member, pathOf(path, [key]), scope);
    if (result !== undefined) {
      resolved[key] = result;
    }
  }
  return resolved;
};

type Intrinsic = (argument: Json, path: string, scope: Scope) => Json | undefined;

const lookUp = (found: string | undefined, what: string, path: string, scope: Scope): string | undefined => {
  if (found === undefined) {
    scope.report(path, `${what} is not known here`);
  }
  return found;
};

const misuse = (path: string, expected: string, scope: Scope): undefined => {
  scope.report(path, `expected ${expected}`);
  return undefined;
};

const isText = (value: Json | undefined): value is string | number =>
  typeof value === "string" || typeof value === "number";

const listOfTexts = (value: Json | undefined): string[] | undefined =>
  Array.isArray(value) && value.every(isText) ? value.map(String) : undefined;

const getAtt: Intrinsic = (argument, path, scope) => {
  const [logicalId, ...attribute] =
    typeof argument === "string" ? argument.split(".") : (listOfTexts(argument) ?? []);
  if (logicalId === undefined || attribute.length === 0) {
    return misuse(path, "a logical id and an attribute", scope);
  }
  const name = attribute.join(".");
  return lookUp(scope.attribute(logicalId, name), `the attribute ${name} of ${logicalId}`, path, scope);
};

const chooseBranch: Intrinsic = (argument, path, scope) => {
  const [name, yes, no] = Array.isArray(argument) ? argument : [];
  if (typeof name !== "string" || yes === undefined || no === undefined) {
    return misuse(path, "a condition and two values", scope);
  }
  const holds = scope.condition(name);
  if (holds === undefined) {
    return misuse(path, `a condition of this template, not ${name},`, scope);
  }
  return resolve(holds ? yes : no, pathOf(path, [holds ? 1 : 2]), scope);
};

const intrinsics: Readonly<Record<string, Intrinsic>> = {
  Ref: (argument, path, scope) => {
    if (argument === "AWS::NoValue") {
      return undefined;
    }
    return typeof argument === "string"
      ? lookUp(scope.reference(argument), argument, path, scope)
      : misuse(path, "a name", scope);
  },
  "Fn::GetAtt": getAtt,
  "Fn::If": chooseBranch,
  "Fn::Sub": (argument, path, scope) => substitute(argument, path, scope, resolve),
  "Fn::Join": (argument, path, scope) => {
    const [separator, parts] = Array.isArray(argument) ? argument : [];
    const texts = parts === undefined ? undefined : listOfTexts(resolve(parts, pathOf(path, [1]), scope));
    return typeof separator === "string" && texts !== undefined
      ? texts.join(separator)
      : misuse(path, "a separator and a list of texts", scope);
  },
  "Fn::Select": (argument, path, scope) => {
    const [index, list] = Array.isArray(argument) ? argument : [];
    const resolved = list === undefined ? undefined : resolve(list, pathOf(path, [1]), scope);
    const chosen = Array.isArray(resolved) && isText(index) ? resolved[Number(index)] : undefined;
    return chosen ?? misuse(path, "an index into a list that is long enough", scope);
  },
  "Fn::Split": (argument, path, scope) => {
    const [separator, text] = Array.isArray(argument) ? argument : [];
    const resolved = text === undefined ? undefined : resolve(text, pathOf(path, [1]), scope);
    return typeof separator === "string" && typeof resolved === "string"
      ? resolved.split(separator)
      : misuse(path, "a separator and a text", scope);
  },
  "Fn::FindInMap": (argument, path, scope) => {
    const keys = Array.isArray(argument) ? listOfTexts(resolve(argument, path, scope)) : undefined;
    const [map, first, second] = keys ?? [];
    const found =
      map !== undefined && first !== undefined && second !== undefined
        ? scope.mapping(map, first, second)
        : undefined;
    return found ?? misuse(path, "a mapping of this template and two of its keys", scope);
  },
};

/** The functions `resolve` knows; SUPPORT.md lists them. */
export const supportedIntrinsics: readonly string[] = Object.keys(intrinsics);
