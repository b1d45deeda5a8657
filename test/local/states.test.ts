import {
  ListExecutionsCommand,
  ListStateMachinesCommand,
  SendTaskSuccessCommand,
  StartExecutionCommand,
  StopExecutionCommand,
} from "@aws-sdk/client-sfn";
import { describe, expect, it } from "vitest";
import { directoryOfTest } from "../support/directory-of-test.ts";
import { fakeFunctions } from "../support/fake-functions.ts";
import { ended, invokeMachine, start, tokenOf } from "../support/invoke-machine.ts";
import { openStatesFor } from "../support/open-states.ts";
import { waitingMachine } from "../support/waiting-machine.ts";

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
