import { readRule } from "../services/events/rule.ts";
import { readDefinition } from "../services/states/definition.ts";
import type { LoadedStack } from "../template/load.ts";
import { type TemplateProblem, TemplateUnsupported } from "../template/problems.ts";
import { substitutedDefinition } from "../template/properties/states.ts";
import type { Resource } from "../template/resource.ts";

/**
 * Refuses what state machines and rules ask of Step Functions and EventBridge that is not supported here, all at once and
 * before anything is made. @throws {TemplateUnsupported}
 */
export const checkResources = ({ resources }: LoadedStack, stackName: string): void => {
  const problems = [...resources.flatMap(problemsOf), ...furtherHttpApis(resources)];
  if (problems.length > 0) {
    throw new TemplateUnsupported(stackName, problems);
  }
};

/** There is one listener, and it has one address. */
const furtherHttpApis = (resources: readonly Resource[]): TemplateProblem[] =>
  resources
    .filter(({ type }) => type === "AWS::ApiGatewayV2::Api")
    .slice(1)
    .map(({ logicalId }) => ({ path: `Resources.${logicalId}`, reason: "one HTTP API is served here" }));

const problemsOf = (resource: Resource): TemplateProblem[] => {
  const properties = `Resources.${resource.logicalId}.Properties`;
  if (resource.type === "AWS::StepFunctions::StateMachine") {
    return reported(`${properties}.DefinitionString`, () =>
      readDefinition(resource.identity.name, substitutedDefinition(resource.properties)),
    );
  }
  return resource.type === "AWS::Events::Rule"
    ? reported(properties, () => readRule(resource.identity.arn, resource.properties))
    : [];
};

const reported = (place: string, read: () => unknown): TemplateProblem[] => {
  try {
    read();
    return [];
  } catch (thrown) {
    if (!(thrown instanceof TemplateUnsupported)) {
      throw thrown;
    }
    return thrown.problems.map(({ path, reason }) => ({ path: `${place}.${path}`, reason }));
  }
};
