import { z } from "zod";

/** AWS::Events::EventBus */
export const eventBusProperties = z.strictObject({ Name: z.string() });

/**
 * AWS::Events::Rule: a pattern or a schedule, and where its events go. Patterns, schedules and targets are read, and refused
 * where they would not work, by the local EventBridge.
 */
export const ruleProperties = z.strictObject({
  Name: z.string().optional(),
  EventBusName: z.string().default("default"),
  EventPattern: z.record(z.string(), z.json()).optional(),
  ScheduleExpression: z.string().optional(),
  State: z.enum(["ENABLED", "DISABLED"]).default("ENABLED"),
  Targets: z.array(z.record(z.string(), z.json())).default([]),
});
