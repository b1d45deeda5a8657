import { z } from "zod";

/** Node's timers count milliseconds in 31 bits; a longer one fires at once, which would time a task out when it starts. */
export const LONGEST_SECONDS = 2_147_483;

const path = z.string().startsWith("$").nullable().optional();
/** A reference path that the engine's setter understands as AWS does. */
const resultPath = z
  .string()
  .regex(/^\$(\.[A-Za-z_][\w-]*)*$/, "only dotted reference paths are supported")
  .nullable()
  .optional();
const seconds = z
  .int()
  .min(1)
  .max(LONGEST_SECONDS, `is longer than ${LONGEST_SECONDS} s (24.8 days), the engine's limit`);
const next = { Next: z.string().optional(), End: z.literal(true).optional() };
const common = {
  Comment: z.string().optional(),
  QueryLanguage: z.literal("JSONPath", "only JSONPath is supported, not JSONata").optional(),
  InputPath: path,
  OutputPath: path,
};

const retrier = z
  .strictObject({
    Comment: z.string().optional(),
    ErrorEquals: z.array(z.string()).min(1),
    IntervalSeconds: seconds.optional(),
    MaxAttempts: z.int().min(0).optional(),
    BackoffRate: z.number().min(1).optional(),
    MaxDelaySeconds: seconds.optional(),
    JitterStrategy: z.enum(["NONE", "FULL"]).optional(),
  })
  .refine(
    ({ IntervalSeconds = 1, MaxAttempts = 3, BackoffRate = 2, MaxDelaySeconds = Number.POSITIVE_INFINITY }) =>
      Math.min(IntervalSeconds * BackoffRate ** Math.max(MaxAttempts - 1, 0), MaxDelaySeconds) <=
      LONGEST_SECONDS,
    "waits longer than 24.8 days between attempts; set MaxDelaySeconds",
  );

const catcher = z.strictObject({
  Comment: z.string().optional(),
  ErrorEquals: z.array(z.string()).min(1),
  Next: z.string(),
  ResultPath: resultPath,
});

const task = z.strictObject({
  Type: z.literal("Task"),
  ...common,
  ...next,
  Resource: z.enum(
    ["arn:aws:states:::lambda:invoke", "arn:aws:states:::lambda:invoke.waitForTaskToken"],
    "only lambda:invoke and lambda:invoke.waitForTaskToken are supported",
  ),
  Parameters: z.strictObject({
    FunctionName: z.string(),
    Payload: z.json().optional(),
    "Payload.$": z.string().optional(),
  }),
  TimeoutSeconds: z.int("is missing; the engine would take 60 s where AWS waits for ever").pipe(seconds),
  ResultSelector: z.record(z.string(), z.json()).optional(),
  ResultPath: resultPath,
  Retry: z.array(retrier).optional(),
  Catch: z.array(catcher).optional(),
});

const pass = z.strictObject({
  Type: z.literal("Pass"),
  ...common,
  ...next,
  Parameters: z.json().optional(),
  Result: z
    .json()
    .refine(Boolean, "a Result of null, false, 0 or an empty string is dropped by the engine")
    .optional(),
  ResultPath: resultPath,
});

const notInJsonPath = z.never("JSONata and variables are not supported").optional();
const choice = z.strictObject({
  Type: z.literal("Choice"),
  ...common,
  Choices: z
    .array(
      z.looseObject({
        Next: z.string(),
        Assign: notInJsonPath,
        Condition: notInJsonPath,
        Output: notInJsonPath,
      }),
    )
    .min(1),
  Default: z.string().optional(),
});

const wait = z.strictObject({ Type: z.literal("Wait"), ...common, ...next, Seconds: seconds });
const succeed = z.strictObject({ Type: z.literal("Succeed"), ...common });
const fail = z.strictObject({
  Type: z.literal("Fail"),
  Comment: z.string().optional(),
  QueryLanguage: common.QueryLanguage,
  Error: z.string().optional(),
  Cause: z.string().optional(),
  ErrorPath: z.string().startsWith("$").optional(),
  CausePath: z.string().startsWith("$").optional(),
});

/** One state of a machine. `Map` and `Parallel` are missing: what ran inside them could not be resumed after a restart. */
export const stateShape = z.discriminatedUnion("Type", [task, pass, choice, wait, succeed, fail], {
  error: "only Task, Pass, Choice, Wait, Succeed and Fail can be resumed after a restart",
});

/** A state machine with nothing in it that this service would run differently from AWS. */
export const machineShape = z.strictObject({
  Comment: z.string().optional(),
  Version: z.literal("1.0").optional(),
  QueryLanguage: common.QueryLanguage,
  StartAt: z.string(),
  TimeoutSeconds: z.int().min(1).max(99_999_999).optional(),
  States: z.record(z.string().min(1).max(80), stateShape),
});

export type State = z.output<typeof stateShape>;
export type TaskState = z.output<typeof task>;
