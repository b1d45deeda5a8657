import type { StackAssembly } from "./assembly.ts";
import { evaluateCondition } from "./conditions.ts";
import type { Json, TemplateResource } from "./document.ts";
import { pseudoParameter, type StackEnvironment } from "./environment.ts";
import { identify, inertIdentity } from "./identity.ts";
import { resolve } from "./intrinsics.ts";
import { needs, provisioningOrder } from "./order.ts";
import { pathOf, type ReportProblem, type TemplateProblem, TemplateUnsupported } from "./problems.ts";
import { type Identity, type Resource, resourceShape } from "./resource.ts";
import type { Scope } from "./scope.ts";
import { supportOf } from "./support.ts";

/** A stack with nothing left to look up, in the order in which it is to be made. */
export interface LoadedStack {
  readonly resources: readonly Resource[];
  readonly outputs: Readonly<Record<string, string>>;
}

/**
 * Resolves a template for this machine. Pure: nothing is made. @throws {TemplateUnsupported} with everything at once that
 * is not supported here.
 */
export const loadStack = (
  { template, codeDirectory, stackName }: StackAssembly,
  environment: StackEnvironment,
): LoadedStack => {
  const problems: TemplateProblem[] = [];
  const report: ReportProblem = (path, reason) => problems.push({ path, reason });
  const identities = new Map<string, Identity>();

  const parameter = (name: string): string | undefined => {
    const declared = template.Parameters[name];
    const isLookedUpOnAws = declared?.Type.startsWith("AWS::SSM::") ?? false;
    return isLookedUpOnAws ? undefined : declared?.Default?.toString();
  };
  const scope: Scope = {
    report,
    reference: (name) =>
      pseudoParameter(environment, name) ?? parameter(name) ?? identities.get(name)?.reference,
    attribute: (logicalId, attribute) => identities.get(logicalId)?.attributes[attribute],
    condition: (name) => evaluateCondition(name, template.Conditions, scope),
    mapping: (map, first, second) => template.Mappings[map]?.[first]?.[second],
  };

  const present = Object.fromEntries(
    Object.entries(template.Resources).filter(([id, resource]) => isPresent(id, resource, scope)),
  );
  const { order, cyclic } = provisioningOrder(present);
  for (const id of cyclic) {
    const circle = [...needs(template.Resources[id] ?? emptyResource)].filter((need) =>
      cyclic.includes(need),
    );
    report(`Resources.${id}`, `depends on itself through ${circle.join(", ")}`);
  }

  const resources: Resource[] = [];
  for (const logicalId of order) {
    const resource = present[logicalId] ?? emptyResource;
    const support = supportOf(resource.Type);
    if (support === undefined) {
      report(`Resources.${logicalId}`, `the resource type ${resource.Type} is not supported`);
      identities.set(logicalId, anyIdentity);
    } else if (support.kind === "inert") {
      identities.set(logicalId, inertIdentity(resource.Type, logicalId, environment));
    } else {
      const made = resolveResource(logicalId, resource, support.inertProperties, environment, scope);
      identities.set(logicalId, made?.identity ?? anyIdentity);
      if (made !== undefined) {
        resources.push(made);
        reportMissingCode(made, codeDirectory, report);
      }
    }
  }

  const outputs: Record<string, string> = {};
  for (const [name, output] of Object.entries(template.Outputs)) {
    if (output.Condition === undefined || scope.condition(output.Condition) === true) {
      const value = resolve(output.Value, `Outputs.${name}.Value`, scope);
      outputs[name] = typeof value === "string" ? value : JSON.stringify(value ?? null);
    }
  }
  if (problems.length > 0) {
    throw new TemplateUnsupported(stackName, problems);
  }
  return { resources, outputs };
};

const emptyResource: TemplateResource = { Type: "", Properties: {}, DependsOn: [] };

/** Stands for what was reported already, so that one unsupported resource is not reported again by all that refer to it. */
const anyIdentity: Identity = {
  name: "unsupported",
  arn: "unsupported",
  reference: "unsupported",
  attributes: new Proxy<Record<string, string>>({}, { get: () => "unsupported" }),
};

const isPresent = (logicalId: string, resource: TemplateResource, scope: Scope): boolean => {
  if (resource.Condition === undefined) {
    return true;
  }
  const holds = scope.condition(resource.Condition);
  if (holds === undefined) {
    scope.report(`Resources.${logicalId}.Condition`, `the condition ${resource.Condition} cannot be decided`);
  }
  return holds ?? false;
};

const resolveResource = (
  logicalId: string,
  resource: TemplateResource,
  inertProperties: Readonly<Record<string, string>>,
  environment: StackEnvironment,
  scope: Scope,
): Resource | undefined => {
  const path = `Resources.${logicalId}.Properties`;
  const honoured: Record<string, Json> = {};
  let sound = true;
  const watching: Scope = {
    ...scope,
    report: (where, reason) => {
      sound = false;
      scope.report(where, reason);
    },
  };
  for (const [name, value] of Object.entries(resource.Properties)) {
    const resolved = Object.hasOwn(inertProperties, name)
      ? undefined
      : resolve(value, `${path}.${name}`, watching);
    if (resolved !== undefined) {
      honoured[name] = resolved;
    }
  }
  const parsed = resourceShape.safeParse({ type: resource.Type, properties: honoured });
  if (!parsed.success) {
    for (const issue of parsed.error.issues) {
      const keys = issue.code === "unrecognized_keys" ? issue.keys : [undefined];
      for (const key of keys) {
        const within = [...issue.path.slice(1), ...(key === undefined ? [] : [key])];
        scope.report(pathOf(path, within), key === undefined ? issue.message : "is not supported");
      }
    }
  }
  return parsed.success && sound
    ? { ...parsed.data, logicalId, identity: identify(parsed.data, logicalId, environment) }
    : undefined;
};

const reportMissingCode = (
  resource: Resource,
  codeDirectory: StackAssembly["codeDirectory"],
  report: ReportProblem,
): void => {
  if (
    resource.type === "AWS::Lambda::Function" &&
    codeDirectory(resource.properties.Code.S3Key) === undefined
  ) {
    report(
      `Resources.${resource.logicalId}.Properties.Code`,
      "its code is no directory of the assembly's asset manifest",
    );
  }
};
