import { EventBridgeClient } from "@aws-sdk/client-eventbridge";
import { SFNClient } from "@aws-sdk/client-sfn";
import { afterEach, describe, expect, it } from "vitest";
import { MxChangeDetected } from "../../events/mx-change-detected.ts";
import { eventBridgeBus } from "../../functions/adapters/eventbridge/event-bus.ts";
import { stepFunctionsWorkflow } from "../../functions/adapters/step-functions/workflow.ts";
import { type ScriptedAnswer, type ScriptedAws, startScriptedAws } from "../support/scripted-aws.ts";

const started: ScriptedAws[] = [];
afterEach(async () => {
  await Promise.all(started.splice(0).map((aws) => aws.stop()));
});

const scripted = async (...answers: readonly ScriptedAnswer[]): Promise<ScriptedAws> => {
  const aws = await startScriptedAws(answers);
  started.push(aws);
  return aws;
};

describe("the end of a wait in Step Functions", () => {
  it("is told with its token", async () => {
    const aws = await scripted({ result: {} });
    const workflow = stepFunctionsWorkflow(new SFNClient(aws.client));
    expect(await workflow.succeed("token")).toBe("told");
    expect(aws.requests).toEqual([
      { operation: "SendTaskSuccess", body: { taskToken: "token", output: "{}" } },
    ]);
  });

  it.each(["TaskTimedOut", "TaskDoesNotExist", "InvalidToken"])(
    "to which the answer is %s: nobody waits",
    async (error) => {
      const aws = await scripted({ error });
      const workflow = stepFunctionsWorkflow(new SFNClient(aws.client));
      expect(await workflow.succeed("token")).toBe("gone");
    },
  );

  it.each(["AccessDeniedException", "ThrottlingException", "InvalidOutput"])(
    "to which the answer is %s is thrown, never taken for nobody waiting",
    async (error) => {
      const aws = await scripted({ error });
      const told = stepFunctionsWorkflow(new SFNClient(aws.client)).succeed("token");
      await expect(told).rejects.toMatchObject({ name: error });
    },
  );
});

describe("an event for our bus", () => {
  const event = MxChangeDetected.parse({
    domain: "yunfan.example",
    origin: "dns-poll",
    observedAt: "2026-11-22T08:00:00.000Z",
  });

  it("is put there as our rule expects it", async () => {
    const aws = await scripted({ result: { FailedEntryCount: 0, Entries: [{ EventId: "1" }] } });
    await eventBridgeBus(new EventBridgeClient(aws.client), "mail-bus").publishMxChange(event);
    expect(aws.requests).toEqual([
      {
        operation: "PutEvents",
        body: {
          Entries: [
            {
              EventBusName: "mail-bus",
              Source: "mailferry",
              DetailType: "MxChangeDetected",
              Detail: JSON.stringify(event),
            },
          ],
        },
      },
    ]);
  });

  it("that the bus did not take is an error, although the answer is 200", async () => {
    const aws = await scripted({
      result: { FailedEntryCount: 1, Entries: [{ ErrorCode: "InternalFailure", ErrorMessage: "try again" }] },
    });
    const published = eventBridgeBus(new EventBridgeClient(aws.client), "mail-bus").publishMxChange(event);
    await expect(published).rejects.toThrow("InternalFailure try again");
  });
});
