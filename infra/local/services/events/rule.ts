import { z } from "zod";
import { pathOf, type TemplateProblem, TemplateUnsupported } from "../../template/problems.ts";
import { compilePattern, type EventMatcher } from "./pattern.ts";
import { rateOf } from "./schedule.ts";

/** Where a rule sends what it matched. Kept with each delivery, so that a changed template does not strand one. */
export const targetShape = z.strictObject({
  Id: z.string(),
  Arn: z.string().regex(/^arn:aws:(lambda|sqs):/, "only Lambda functions and SQS queues can be targets here"),
  Input: z.string().optional(),
  InputPath: z
    .string()
    .regex(/^\$(\.[\w-]+)*$/, "only dotted paths are supported")
    .optional(),
  RetryPolicy: z
    .strictObject({
      MaximumRetryAttempts: z.int().min(0).max(185).optional(),
      MaximumEventAgeInSeconds: z.int().min(60).max(86_400).optional(),
    })
    .optional(),
  DeadLetterConfig: z.strictObject({ Arn: z.string() }).optional(),
  SqsParameters: z.strictObject({ MessageGroupId: z.string() }).optional(),
  /** Whom EventBridge acts as; nobody checks rights here. */
  RoleArn: z.string().optional(),
});
export type Target = z.output<typeof targetShape>;

/** A rule that is ready to match or to ring. */
export interface Rule {
  readonly arn: string;
  /** Name or ARN, as the template has it. */
  readonly bus: string;
  readonly enabled: boolean;
  readonly matches: EventMatcher;
  /** Seconds between two rings; undefined for a rule that only matches. */
  readonly everySeconds: number | undefined;
  readonly targets: readonly Target[];
}

/**
 * Reads the resolved properties of an `AWS::Events::Rule`.
 * @throws TemplateUnsupported listing everything that would not work here as on AWS.
 */
export const readRule = (arn: string, properties: unknown): Rule => {
  const problems: TemplateProblem[] = [];
  const report = (path: string, reason: string): void => void problems.push({ path, reason });
  const parsed = ruleShape.safeParse(properties);
  if (!parsed.success) {
    for (const issue of parsed.error.issues) report(pathOf("", issue.path), issue.message);
    throw new TemplateUnsupported(`rule ${arn}`, problems);
  }
  const { EventPattern, ScheduleExpression, EventBusName, State, Targets } = parsed.data;
  const rule: Rule = {
    arn,
    bus: EventBusName,
    enabled: State === "ENABLED",
    targets: Targets,
    matches: EventPattern === undefined ? () => false : compilePattern(EventPattern, "EventPattern", report),
    everySeconds: ScheduleExpression === undefined ? undefined : rateOf(ScheduleExpression, report),
  };
  if (problems.length > 0) throw new TemplateUnsupported(`rule ${arn}`, problems);
  return rule;
};

const ruleShape = z
  .strictObject({
    Name: z.string().optional(),
    Description: z.string().optional(),
    EventBusName: z.string().default("default"),
    EventPattern: z.unknown().optional(),
    ScheduleExpression: z.string().optional(),
    State: z.enum(["ENABLED", "DISABLED"]).default("ENABLED"),
    Targets: z.array(targetShape).max(5).default([]),
    Tags: z.unknown().optional(),
  })
  .refine(
    ({ EventPattern, ScheduleExpression }) => EventPattern !== undefined || ScheduleExpression !== undefined,
    {
      error: "needs an EventPattern or a ScheduleExpression",
    },
  );
