import {
  GetExecutionHistoryCommand,
  SendTaskFailureCommand,
  SendTaskHeartbeatCommand,
  SendTaskSuccessCommand,
} from "@aws-sdk/client-sfn";
import { describe, expect, it } from "vitest";
import { directoryOfTest } from "../support/directory-of-test.ts";
import { fakeFunctions } from "../support/fake-functions.ts";
import { ended, invokeMachine, start, tokenOf } from "../support/invoke-machine.ts";
import { openStatesFor } from "../support/open-states.ts";
import { waitingMachine } from "../support/waiting-machine.ts";

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
