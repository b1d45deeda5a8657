import validate from "asl-validator";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { awsErrorNames } from "../../infra/constructs/workflow-errors.ts";
import { readDefinition } from "../../infra/local/services/states/definition.ts";
import { vocabulary } from "../../shared/contract/errors.ts";
import { WaitingPhase } from "../../shared/contract/phases.ts";
import { resourcesOf, synthesised } from "./support/synthesised.ts";

const { template, loaded } = await synthesised();
const text = loaded.resources.flatMap((resource) =>
  resource.type === "AWS::StepFunctions::StateMachine" ? [resource.properties.DefinitionString] : [],
)[0];
const definition: unknown = JSON.parse(text ?? "");

const Handler = z.looseObject({ ErrorEquals: z.array(z.string()), Next: z.string().optional() });
const State = z.looseObject({
  Type: z.string(),
  Next: z.string().optional(),
  TimeoutSeconds: z.int().optional(),
  Resource: z.string().optional(),
  Retry: z.array(Handler).default([]),
  Catch: z.array(Handler).default([]),
});
const { StartAt, States } = z
  .object({ StartAt: z.string(), States: z.record(z.string(), State) })
  .parse(definition);
const tasks = Object.entries(States).filter(([, { Type }]) => Type === "Task");

describe("the workflow", () => {
  it("is Amazon States Language", () => {
    expect(validate(structuredClone(definition)).errors).toEqual([]);
  });

  it("is read alike by the engine of one machine", () => {
    expect(readDefinition("mailferry", text ?? "").startAt).toBe("VerifyDomain");
  });

  it("goes through the phases in order", () => {
    const path: string[] = [];
    for (let name: string | undefined = StartAt; name !== undefined; name = States[name]?.Next)
      path.push(name);
    expect(path).toEqual([
      "VerifyDomain",
      "AwaitAccounts",
      "AwaitHistory",
      "AwaitSwitch",
      "CloseMigration",
      "MigrationClosed",
    ]);
  });

  it("waits in each waiting phase for its token, and again when the wait runs out", () => {
    const waiting = tasks.filter(([, { Resource }]) => Resource?.endsWith(".waitForTaskToken"));
    expect(waiting.map(([, state]) => state)).toEqual(
      WaitingPhase.options.map((phase) =>
        expect.objectContaining({
          Parameters: expect.objectContaining({
            Payload: { "migrationId.$": "$.migrationId", phase, "taskToken.$": "$$.Task.Token" },
          }),
        }),
      ),
    );
    for (const [name, { Catch }] of waiting) {
      expect(Catch[0]).toMatchObject({ ErrorEquals: ["States.Timeout"], Next: name, ResultPath: null });
    }
  });

  it("lets no task wait for ever, nor longer than 31 bits of milliseconds", () => {
    const longest = 2_147_483;
    const unbounded = tasks.filter(
      ([, { TimeoutSeconds = 0 }]) => TimeoutSeconds < 1 || TimeoutSeconds > longest,
    );
    expect(tasks).not.toEqual([]);
    expect(unbounded).toEqual([]);
  });

  it("retries and catches only errors that somebody throws", () => {
    const known = new Set<string>([...Object.keys(vocabulary), ...awsErrorNames]);
    const named = tasks.flatMap(([, { Retry, Catch }]) =>
      [...Retry, ...Catch].flatMap(({ ErrorEquals }) => ErrorEquals),
    );
    expect(named.filter((name) => !known.has(name))).toEqual([]);
    expect(named).toContain("ServerUnreachable");
  });

  it("records every failure before it fails, with the migration's id once there is one", () => {
    const recorders = ["RecordFailure", "RecordRefusal"];
    const others = tasks.filter(([name]) => !recorders.includes(name));
    expect(others.map(([name, { Catch }]) => [name, Catch.at(-1)])).toEqual(
      others.map(([name]) => [
        name,
        {
          ErrorEquals: ["States.ALL"],
          ResultPath: "$.failure",
          Next: name === "VerifyDomain" ? "RecordRefusal" : "RecordFailure",
        },
      ]),
    );
    const payload = { "executionName.$": "$$.Execution.Name", "failure.$": "$.failure" };
    expect(States.RecordRefusal?.Parameters).toMatchObject({ Payload: payload });
    expect(States.RecordFailure?.Parameters).toMatchObject({
      Payload: { ...payload, "migrationId.$": "$.migrationId" },
    });
    expect(recorders.map((name) => States[name]?.Next)).toEqual(["IsCauseKnown", "IsCauseKnown"]);
  });

  it("ends a failed execution with the error of the task that failed, and with its words if it had any", () => {
    expect(States.IsCauseKnown).toMatchObject({
      Choices: [{ Variable: "$.failure.Cause", IsPresent: true, Next: "MigrationFailed" }],
      Default: "MigrationFailedSilently",
    });
    expect(States.MigrationFailed).toMatchObject({
      ErrorPath: "$.failure.Error",
      CausePath: "$.failure.Cause",
    });
    expect(States.MigrationFailedSilently).toMatchObject({ Type: "Fail", ErrorPath: "$.failure.Error" });
  });

  it("keeps settings out of its log", () => {
    expect(resourcesOf(template, "AWS::StepFunctions::StateMachine")[0]?.properties).toMatchObject({
      StateMachineType: "STANDARD",
      LoggingConfiguration: { IncludeExecutionData: false, Level: "ERROR" },
      TracingConfiguration: { Enabled: true },
    });
  });
});
