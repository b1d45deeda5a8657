import { z } from "zod";

/** AWS::StepFunctions::StateMachine with its definition in the template. */
export const stateMachineProperties = z.strictObject({
  StateMachineName: z.string().optional(),
  StateMachineType: z.literal("STANDARD").default("STANDARD"),
  DefinitionString: z.string(),
  DefinitionSubstitutions: z.record(z.string(), z.string()).default({}),
  RoleArn: z.string(),
});

export type StateMachineProperties = z.output<typeof stateMachineProperties>;

/** The definition with its `${name}` substitutions made, as CloudFormation makes them. */
export const substitutedDefinition = (properties: StateMachineProperties): string =>
  properties.DefinitionString.replace(
    /\$\{([\w-]+)\}/g,
    (whole, name: string) => properties.DefinitionSubstitutions[name] ?? whole,
  );
