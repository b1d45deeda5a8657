import { DescribeExecutionCommand, type SFNClient, StartExecutionCommand } from "@aws-sdk/client-sfn";
import { z } from "zod";
import { eventually } from "./eventually.ts";
import type { fakeFunctions } from "./fake-functions.ts";

/** A machine of one task that calls the function `verify`; `more` goes into the task. */
export const invokeMachine = (more: object = {}) => ({
  StartAt: "Verify",
  States: {
    Verify: {
      Type: "Task",
      Resource: "arn:aws:states:::lambda:invoke",
      TimeoutSeconds: 60,
      Parameters: { FunctionName: "verify", "Payload.$": "$" },
      End: true,
      ...more,
    },
    ...("Catch" in more ? { Recover: { Type: "Pass", End: true } } : {}),
  },
});

/** The execution as it stands when it has ended. */
export const ended = (client: SFNClient, executionArn: string) =>
  eventually("the end of the execution", async () => {
    const execution = await client.send(new DescribeExecutionCommand({ executionArn }));
    return execution.status === "RUNNING" ? undefined : execution;
  });

/** Starts an execution and gives its ARN. */
export const start = async (client: SFNClient, stateMachineArn: string, input: unknown = {}, name = "one") =>
  z
    .string()
    .parse(
      (await client.send(new StartExecutionCommand({ stateMachineArn, name, input: JSON.stringify(input) })))
        .executionArn,
    );

/** The task token that the n-th invocation (from 0) was given. */
export const tokenOf = (functions: ReturnType<typeof fakeFunctions>, nth = 0) =>
  eventually(
    "a task token",
    () =>
      z.object({ token: z.string() }).safeParse(functions.invocations[nth]?.payload).data?.token ?? undefined,
  );
