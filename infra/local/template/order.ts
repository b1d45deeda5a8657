import type { Json, TemplateDocument, TemplateResource } from "./document.ts";
import { intrinsicOf } from "./intrinsics.ts";
import { substitutedNames } from "./substitution.ts";

/** Resources in an order in which each comes after those it needs, and those that need each other in a circle. */
export interface ProvisioningOrder {
  readonly order: readonly string[];
  readonly cyclic: readonly string[];
}

/**
 * Orders resources by `DependsOn` and by what their properties refer to, otherwise as they stand in the template, so that
 * two boots of one template do the same things in the same order.
 */
export const provisioningOrder = (resources: TemplateDocument["Resources"]): ProvisioningOrder => {
  const waiting = new Map(
    Object.entries(resources).map(([id, resource]) => [
      id,
      new Set([...needs(resource)].filter((need) => Object.hasOwn(resources, need))),
    ]),
  );
  const order: string[] = [];
  while (waiting.size > 0) {
    const ready = [...waiting].filter(([, open]) => open.size === 0).map(([id]) => id);
    if (ready.length === 0) {
      break;
    }
    for (const id of ready) {
      waiting.delete(id);
      order.push(id);
    }
    for (const open of waiting.values()) {
      for (const id of ready) {
        open.delete(id);
      }
    }
  }
  return { order, cyclic: [...waiting.keys()] };
};

/** The logical ids (and parameter names) a resource mentions. */
export const needs = (resource: TemplateResource): ReadonlySet<string> => {
  const names = new Set(resource.DependsOn);
  collect(resource.Properties, names);
  return names;
};

const collect = (value: Json, names: Set<string>): void => {
  if (Array.isArray(value)) {
    for (const element of value) {
      collect(element, names);
    }
    return;
  }
  if (typeof value !== "object" || value === null) {
    return;
  }
  const call = intrinsicOf(value);
  for (const name of call === undefined ? [] : namedBy(call.name, call.argument)) {
    names.add(name);
  }
  for (const member of Object.values(value)) {
    collect(member, names);
  }
};

const namedBy = (intrinsic: string, argument: Json): string[] => {
  const first = Array.isArray(argument) ? argument[0] : argument;
  if (typeof first !== "string") {
    return [];
  }
  switch (intrinsic) {
    case "Ref":
      return [first];
    case "Fn::GetAtt":
      return [first.split(".")[0] ?? first];
    case "Fn::Sub":
      return substitutedNames(first).map((name) => name.split(".")[0] ?? name);
    default:
      return [];
  }
};
