import { injectLambdaContext } from "@aws-lambda-powertools/logger/middleware";
import middy from "@middy/core";
import type { Context } from "aws-lambda";
import type { z } from "zod";
import { type EnvironmentOf, environments, type FunctionName } from "../../shared/contract/environment.ts";
import { MailferryError } from "../../shared/contract/errors.ts";
import { warmUp } from "./composition.ts";
import { readEnvironment } from "./environment.ts";
import { asLog, createLogger, type Log } from "./logger.ts";
import { rehearseTable } from "./rehearsals.ts";
import { rehearseRecords } from "./rehearse-records.ts";

/** What a function knows of the invocation it serves. */
export interface Invocation {
  readonly log: Log;
  /** Time left before the platform ends it, in milliseconds. */
  remainingMilliseconds(): number;
}

/** Does one event's work. */
export type Run<Input> = (input: Input, invocation: Invocation) => Promise<unknown>;

/**
 * The frame of every function: while its environment comes up, its variables are checked, its adapters built, the table read once,
 * its reads and writes rehearsed, a record and an event parsed, and done by `getReady` what else its first event would have to wait
 * for; its event is parsed before anything is done, its log lines carry the request id. Handlers are left with the call.
 *
 * @throws Error for variables that are missing or malformed; the function then does not come up. The function itself throws
 *   MessageUnusable for an event that its schema does not know; the platform's dead-letter queue keeps it.
 */
export const defineFunction = async <Name extends FunctionName, Schema extends z.ZodType>(
  name: Name,
  schema: Schema,
  build: (environment: EnvironmentOf<Name>) => Run<z.infer<Schema>>,
  getReady: (environment: EnvironmentOf<Name>) => Promise<unknown> = async () => {},
): Promise<(event: unknown, context: Context) => Promise<unknown>> => {
  const logger = createLogger(name);
  const environment = readEnvironment<(typeof environments)[Name]>(environments[name]);
  const run = build(environment);
  // Nothing of it is needed: trouble is left to the event to meet and to tell.
  await warmUp(environment).catch(() => {});
  await rehearseTable().catch(() => {});
  await rehearseRecords().catch(() => {});
  // No event at all, but a schema is put together when it first parses something.
  await schema.safeParseAsync({}).catch(() => {});
  await getReady(environment).catch(() => {});
  return (
    middy<unknown, unknown, Error, Context>()
      // Said here, it cannot be switched on by a variable of the environment: some events carry a password.
      .use(injectLambdaContext(logger, { resetKeys: true, logEvent: false }))
      .handler(async (event: unknown, context: Context) => {
        const input = schema.safeParse(event);
        if (!input.success) {
          const reason = input.error.issues
            .map((issue) => `${issue.path.join(".")}: ${issue.message}`)
            .join("; ");
          throw new MailferryError("MessageUnusable", { schema: name, reason });
        }
        return run(input.data, {
          log: asLog(logger),
          remainingMilliseconds: () => context.getRemainingTimeInMillis(),
        });
      })
  );
};
