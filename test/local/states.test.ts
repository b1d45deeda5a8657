import {
  DescribeExecutionCommand,
  GetExecutionHistoryCommand,
  ListExecutionsCommand,
  ListStateMachinesCommand,
  SendTaskFailureCommand,
  SendTaskHeartbeatCommand,
  SendTaskSuccessCommand,
  type SFNClient,
  StartExecutionCommand,
  StopExecutionCommand,
} from "@aws-sdk/client-sfn";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { directoryOfTest } from "../support/directory-of-test.ts";
import { eventually } from "../support/eventually.ts";
import { fakeFunctions } from "../support/fake-functions.ts";
import { openStatesFor } from "../support/open-states.ts";
import { waitingMachine } from "../support/waiting-machine.ts";

const invokeMachine = (more: object = {}) => ({
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

const ended = (client: SFNClient, executionArn: string) =>
  eventually("the end of the execution", async () => {
    const execution = await client.send(new DescribeExecutionCommand({ executionArn }));
    return execution.status === "RUNNING" ? undefined : execution;
  });

const start = async (client: SFNClient, stateMachineArn: string, input: unknown = {}, name = "one") =>
  z
    .string()
    .parse(
      (await client.send(new StartExecutionCommand({ stateMachineArn, name, input: JSON.stringify(input) })))
        .executionArn,
    );

const tokenOf = (functions: ReturnType<typeof fakeFunctions>, nth = 0) =>
  eventually(
    "a task token",
    () =>
      z.object({ token: z.string() }).safeParse(functions.invocations[nth]?.payload).data?.token ?? undefined,
  );

describe("lambda:invoke", () => {
  it("gives the function the payload and the state what the function returned, in the shape of AWS", async () => {
    const functions = fakeFunctions({ verify: (payload) => ({ seen: payload }) });
    await using opened = await openStatesFor(await directoryOfTest(), functions);
    const executionArn = await start(opened.client, opened.machine(invokeMachine()), { domain: "a.test" });
    const execution = await ended(opened.client, executionArn);
    expect(JSON.parse(execution.output ?? "")).toEqual({
      ExecutedVersion: "$LATEST",
      Payload: { seen: { domain: "a.test" } },
      StatusCode: 200,
    });
    expect(functions.invocations[0]?.functionArn).toBe(
      "arn:aws:lambda:eu-central-1:000000000000:function:verify",
    );
    expect(opened.metering.readings().stateTransitions).toBe(1);
  });

  it.each([
    ["the error's own name", "ServerUnreachable"],
    ["States.TaskFailed", "ServerUnreachable"],
    ["Lambda.Unknown, when the function died without a word", ""],
  ])("catches a failed function by %s", async (caught, name) => {
    const functions = fakeFunctions({
      verify: () => {
        throw Object.assign(new Error("no route"), { name });
      },
    });
    await using opened = await openStatesFor(await directoryOfTest(), functions);
    const ErrorEquals = [caught === "the error's own name" ? name : (caught.split(",")[0] ?? "")];
    const arn = opened.machine(
      invokeMachine({ Catch: [{ ErrorEquals, ResultPath: "$.e", Next: "Recover" }] }),
    );
    const execution = await ended(opened.client, await start(opened.client, arn));
    expect(execution.status).toBe("SUCCEEDED");
    expect(JSON.parse(execution.output ?? "")).toMatchObject({ e: { Error: name || "Lambda.Unknown" } });
  });

  it("retries as often as the definition says and counts each retry as a transition", async () => {
    let failures = 2;
    const functions = fakeFunctions({
      verify: () => {
        failures -= 1;
        if (failures >= 0) throw Object.assign(new Error("busy"), { name: "ServerBusy" });
        return "ok";
      },
    });
    await using opened = await openStatesFor(await directoryOfTest(), functions);
    const Retry = [{ ErrorEquals: ["ServerBusy"], IntervalSeconds: 1, BackoffRate: 1, MaxAttempts: 2 }];
    const execution = await ended(
      opened.client,
      await start(opened.client, opened.machine(invokeMachine({ Retry }))),
    );
    expect(execution.status).toBe("SUCCEEDED");
    expect(functions.invocations).toHaveLength(3);
    expect(opened.metering.readings().stateTransitions).toBe(3);
  });

  it("fails the execution with the function's error when nothing catches it", async () => {
    const functions = fakeFunctions({
      verify: () => {
        throw Object.assign(new Error("no such domain"), { name: "DomainUnusable" });
      },
    });
    await using opened = await openStatesFor(await directoryOfTest(), functions);
    const execution = await ended(opened.client, await start(opened.client, opened.machine(invokeMachine())));
    expect(execution).toMatchObject({ status: "FAILED", error: "DomainUnusable" });
    expect(execution.cause).toContain("no such domain");
  });

  it("times out by States.Timeout, which States.TaskFailed does not catch", async () => {
    const functions = fakeFunctions({ verify: () => new Promise(() => undefined) });
    await using opened = await openStatesFor(await directoryOfTest(), functions);
    const Catch = [
      { ErrorEquals: ["States.TaskFailed"], Next: "Recover", ResultPath: "$.wrong" },
      { ErrorEquals: ["States.Timeout"], Next: "Recover", ResultPath: "$.right" },
    ];
    const arn = opened.machine(invokeMachine({ TimeoutSeconds: 1, Catch }));
    const execution = await ended(opened.client, await start(opened.client, arn));
    expect(JSON.parse(execution.output ?? "")).toMatchObject({ right: { Error: "States.Timeout" } });
  });
});

describe("lambda:invoke.waitForTaskToken", () => {
  it("waits for the token, takes its output, and refuses the token from then on", async () => {
    const functions = fakeFunctions({ "open-phase": () => null });
    await using opened = await openStatesFor(await directoryOfTest(), functions);
    const executionArn = await start(opened.client, opened.machine(waitingMachine), { domain: "a.test" });
    const taskToken = await tokenOf(functions);
    expect(functions.invocations[0]?.payload).toMatchObject({
      execution: "one",
      input: { domain: "a.test" },
    });
    await opened.client.send(new SendTaskHeartbeatCommand({ taskToken }));
    await opened.client.send(new SendTaskSuccessCommand({ taskToken, output: '{"messages":7}' }));
    const execution = await ended(opened.client, executionArn);
    expect(JSON.parse(execution.output ?? "")).toEqual({ domain: "a.test", history: { messages: 7 } });
    await expect(
      opened.client.send(new SendTaskSuccessCommand({ taskToken, output: "{}" })),
    ).rejects.toMatchObject({ name: "TaskTimedOut" });
    await expect(
      opened.client.send(new SendTaskSuccessCommand({ taskToken: "made-up", output: "{}" })),
    ).rejects.toMatchObject({ name: "InvalidToken" });
  });

  it("takes the error of SendTaskFailure to the Catch that names it", async () => {
    const functions = fakeFunctions({ "open-phase": () => null });
    await using opened = await openStatesFor(await directoryOfTest(), functions);
    const executionArn = await start(opened.client, opened.machine(waitingMachine));
    const taskToken = await tokenOf(functions);
    await opened.client.send(
      new SendTaskFailureCommand({ taskToken, error: "EndedEarly", cause: "asked to" }),
    );
    expect(await ended(opened.client, executionArn)).toMatchObject({
      status: "FAILED",
      error: "MigrationFailed",
    });
    const { events } = await opened.client.send(new GetExecutionHistoryCommand({ executionArn }));
    expect(events?.map(({ type }) => type)).toEqual([
      "ExecutionStarted",
      "TaskStateEntered",
      "TaskScheduled",
      "TaskSucceeded",
      "TaskSubmitted",
      "TaskFailed",
      "TaskStateExited",
      "FailStateEntered",
      "ExecutionFailed",
    ]);
    expect(events?.[5]?.taskFailedEventDetails).toMatchObject({ error: "EndedEarly", cause: "asked to" });
  });

  it("goes back to the state with a new token when the deadline passes, and the old token is late", async () => {
    let time = Date.UTC(2026, 10, 22);
    const directory = await directoryOfTest();
    const functions = fakeFunctions({ "open-phase": () => null });
    const before = await openStatesFor(directory, functions, () => time);
    const executionArn = await start(before.client, before.machine(waitingMachine));
    const late = await tokenOf(functions);
    await before[Symbol.asyncDispose]();

    time += 2_000_001_000;
    await using after = await openStatesFor(directory, functions, () => time);
    await expect(
      after.client.send(new SendTaskSuccessCommand({ taskToken: late, output: "{}" })),
    ).rejects.toMatchObject({ name: "TaskTimedOut" });
    after.states.resume();
    const fresh = await tokenOf(functions, 1);
    expect(fresh).not.toBe(late);
    await after.client.send(new SendTaskSuccessCommand({ taskToken: fresh, output: "{}" }));
    expect((await ended(after.client, executionArn)).status).toBe("SUCCEEDED");
  });
});

describe("a state", () => {
  it("that waits goes on waiting for what was left of its time before a restart", async () => {
    let time = Date.UTC(2026, 10, 22);
    const directory = await directoryOfTest();
    const machine = {
      StartAt: "Pause",
      States: {
        Pause: { Type: "Wait", Seconds: 3_600, Next: "Which" },
        Which: {
          Type: "Choice",
          Choices: [{ Variable: "$.n", NumericEquals: 1, Next: "Shape" }],
          Default: "Wrong",
        },
        Shape: {
          Type: "Pass",
          Parameters: { "started.$": "$$.Execution.StartTime", "n.$": "$.n" },
          End: true,
        },
        Wrong: { Type: "Fail" },
      },
    };
    const before = await openStatesFor(directory, fakeFunctions({}), () => time);
    const executionArn = await start(before.client, before.machine(machine), { n: 1 });
    await before[Symbol.asyncDispose]();
    time += 3_600_000;
    await using after = await openStatesFor(directory, fakeFunctions({}), () => time);
    after.states.resume();
    const { output } = await ended(after.client, executionArn);
    expect(JSON.parse(output ?? "")).toEqual({ started: "2026-11-22T00:00:00.000Z", n: 1 });
  });

  it("that is tried again hands out a new token, and the one before it is late", async () => {
    let failures = 1;
    const functions = fakeFunctions({
      "open-phase": () => {
        failures -= 1;
        if (failures >= 0) throw Object.assign(new Error("busy"), { name: "ServerBusy" });
      },
    });
    await using opened = await openStatesFor(await directoryOfTest(), functions);
    const Retry = [{ ErrorEquals: ["ServerBusy"], IntervalSeconds: 1, MaxAttempts: 1 }];
    const waiting = { ...waitingMachine.States["Wait for history"], Retry };
    const States = { ...waitingMachine.States, "Wait for history": waiting };
    const executionArn = await start(opened.client, opened.machine({ ...waitingMachine, States }));
    const late = await tokenOf(functions, 0);
    const fresh = await tokenOf(functions, 1);
    expect(fresh).not.toBe(late);
    await expect(
      opened.client.send(new SendTaskSuccessCommand({ taskToken: late, output: "{}" })),
    ).rejects.toMatchObject({ name: "TaskTimedOut" });
    await opened.client.send(new SendTaskSuccessCommand({ taskToken: fresh, output: "{}" }));
    expect((await ended(opened.client, executionArn)).status).toBe("SUCCEEDED");
  });
});

describe("executions", () => {
  it("are started once for a name and an input, and refused for the name with another input", async () => {
    const functions = fakeFunctions({ "open-phase": () => null });
    await using opened = await openStatesFor(await directoryOfTest(), functions);
    const arn = opened.machine(waitingMachine);
    const first = await start(opened.client, arn, { n: 1 });
    expect(await start(opened.client, arn, { n: 1 })).toBe(first);
    await expect(start(opened.client, arn, { n: 2 })).rejects.toMatchObject({
      name: "ExecutionAlreadyExists",
    });
    await opened.client.send(new StopExecutionCommand({ executionArn: first, error: "Operator" }));
    expect(await ended(opened.client, first)).toMatchObject({ status: "ABORTED", error: "Operator" });
    await expect(start(opened.client, arn, { n: 1 })).rejects.toMatchObject({
      name: "ExecutionAlreadyExists",
    });
    expect(functions.invocations.length).toBeLessThanOrEqual(1);
  });

  it("are listed newest first, by status, a page at a time", async () => {
    const functions = fakeFunctions({ verify: () => null, "open-phase": () => null });
    await using opened = await openStatesFor(await directoryOfTest(), functions);
    const stateMachineArn = opened.machine(waitingMachine);
    for (const name of ["a", "b", "c"]) await start(opened.client, stateMachineArn, {}, name);
    const first = await opened.client.send(new ListExecutionsCommand({ stateMachineArn, maxResults: 2 }));
    expect(first.executions?.map(({ name }) => name)).toEqual(["c", "b"]);
    const { nextToken } = first;
    const second = await opened.client.send(new ListExecutionsCommand({ stateMachineArn, nextToken }));
    expect(second.executions?.map(({ name }) => name)).toEqual(["a"]);
    expect(second.nextToken).toBeUndefined();
    const none = new ListExecutionsCommand({ stateMachineArn, statusFilter: "FAILED" });
    expect((await opened.client.send(none)).executions).toEqual([]);
    const machines = await opened.client.send(new ListStateMachinesCommand({}));
    expect(machines.stateMachines?.map(({ name }) => name)).toEqual(["waiting"]);
  });

  it("end as TIMED_OUT when the machine's own time is over, also over a restart", async () => {
    let time = Date.UTC(2026, 10, 22);
    const directory = await directoryOfTest();
    const functions = fakeFunctions({ "open-phase": () => null });
    const before = await openStatesFor(directory, functions, () => time);
    const machine = { ...waitingMachine, TimeoutSeconds: 60 };
    const executionArn = await start(before.client, before.machine(machine));
    await tokenOf(functions);
    await before[Symbol.asyncDispose]();
    time += 61_000;
    await using after = await openStatesFor(directory, functions, () => time);
    after.states.resume();
    expect((await ended(after.client, executionArn)).status).toBe("TIMED_OUT");
  });

  it("are refused for a machine, a name or an input that cannot be", async () => {
    await using opened = await openStatesFor(await directoryOfTest(), fakeFunctions({}));
    const stateMachineArn = opened.machine(waitingMachine);
    const start = (request: { stateMachineArn: string; name?: string; input?: string }) =>
      opened.client.send(new StartExecutionCommand(request));
    await expect(start({ stateMachineArn: `${stateMachineArn}s` })).rejects.toMatchObject({
      name: "StateMachineDoesNotExist",
    });
    await expect(start({ stateMachineArn, name: "a b" })).rejects.toMatchObject({ name: "InvalidName" });
    await expect(start({ stateMachineArn, input: "{" })).rejects.toMatchObject({
      name: "InvalidExecutionInput",
    });
  });
});

describe("a definition that would run differently from AWS", () => {
  const refusal = async (definition: unknown): Promise<string> => {
    await using opened = await openStatesFor(await directoryOfTest(), fakeFunctions({}));
    try {
      opened.machine(definition);
    } catch (thrown) {
      return String(thrown);
    }
    return "accepted";
  };

  it.each([
    ["JSONata", { QueryLanguage: "JSONata" }],
    ["Assign", { Assign: { a: 1 } }],
    ["HeartbeatSeconds", { HeartbeatSeconds: 30 }],
    ["TimeoutSeconds", { TimeoutSeconds: undefined }],
    ["24.8 days", { TimeoutSeconds: 2_147_484 }],
    ["Resource", { Resource: "arn:aws:states:::sqs:sendMessage" }],
    ["InvocationType", { Parameters: { FunctionName: "verify", InvocationType: "Event" } }],
    ["$$.Map.Item", { Parameters: { FunctionName: "verify", Payload: { "a.$": "$$.Map.Item.Index" } } }],
    ["$$.Task.Token", { Resource: "arn:aws:states:::lambda:invoke.waitForTaskToken" }],
    ["Nowhere", { End: undefined, Next: "Nowhere" }],
  ])("is refused at load, naming %s", async (named, more) => {
    const words = await refusal(invokeMachine(more));
    expect(words).toContain("TemplateUnsupported");
    expect(words).toContain(named);
  });

  it("is refused with all of its problems at once, distributed Map among them", async () => {
    const map = { Type: "Map", ItemProcessor: { ProcessorConfig: { Mode: "DISTRIBUTED" } }, End: true };
    const verify = invokeMachine({ HeartbeatSeconds: 3, End: undefined, Next: "Each" }).States.Verify;
    const words = await refusal({ StartAt: "Verify", States: { Verify: verify, Each: map } });
    expect(words).toContain("States.Verify.HeartbeatSeconds");
    expect(words).toContain("States.Each");
  });
});
