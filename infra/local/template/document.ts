import { z } from "zod";

/** Any JSON value, as it stands in a template before and after its intrinsics are resolved. */
export type Json = z.infer<ReturnType<typeof z.json>>;

const resource = z.strictObject({
  Type: z.string(),
  Properties: z.record(z.string(), z.json()).default({}),
  DependsOn: z.union([z.string().transform((id) => [id]), z.array(z.string())]).default([]),
  Condition: z.string().optional(),
  Metadata: z.json().optional(),
  DeletionPolicy: z.string().optional(),
  UpdateReplacePolicy: z.string().optional(),
});

const parameter = z.looseObject({
  Type: z.string(),
  Default: z.union([z.string(), z.number()]).optional(),
});

const output = z.strictObject({
  Value: z.json(),
  Description: z.string().optional(),
  Condition: z.string().optional(),
  Export: z.strictObject({ Name: z.json() }).optional(),
});

/**
 * The sections of a CloudFormation template that CDK emits
 * (https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-anatomy.html).
 * Strict: a section nobody reads here (`Transform`, `Hooks`) or a resource attribute nobody honours (`CreationPolicy`) is refused.
 * `Rules` holds CDK's bootstrap check, which is about a real account and says nothing here.
 */
export const templateDocument = z.strictObject({
  AWSTemplateFormatVersion: z.string().optional(),
  Description: z.string().optional(),
  Metadata: z.json().optional(),
  Rules: z.json().optional(),
  Parameters: z.record(z.string(), parameter).default({}),
  Mappings: z.record(z.string(), z.record(z.string(), z.record(z.string(), z.json()))).default({}),
  Conditions: z.record(z.string(), z.json()).default({}),
  Resources: z.record(z.string(), resource),
  Outputs: z.record(z.string(), output).default({}),
});

export type TemplateDocument = z.output<typeof templateDocument>;
export type TemplateResource = TemplateDocument["Resources"][string];
