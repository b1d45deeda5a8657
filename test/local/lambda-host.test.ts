import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { InvokeCommand } from "@aws-sdk/client-lambda";
import { ReceiveMessageCommand } from "@aws-sdk/client-sqs";
import { describe, expect, it } from "vitest";
import type { LocalCloud } from "../../infra/local/cloud.ts";
import { eventually } from "../support/eventually.ts";
import { bootFixture, clientsOf, output, writeFixture } from "../support/fixture-cloud.ts";

const boot = async (options: Parameters<typeof bootFixture>[1] = {}): Promise<LocalCloud> =>
  bootFixture(await writeFixture(), options);

const invoke = async (cloud: LocalCloud, event: object) => {
  const answer = await clientsOf(cloud).lambda.send(
    new InvokeCommand({ FunctionName: "echo", Payload: JSON.stringify(event) }),
  );
  const payload: unknown = JSON.parse(Buffer.from(answer.Payload ?? []).toString());
  return { error: answer.FunctionError, payload };
};

describe("a function in the local cloud", () => {
  it("sees the template's environment and Lambda's own, and nothing of this process", async () => {
    const cloud = await boot();
    const { payload } = await invoke(cloud, { do: "environment" });
    expect(payload).toEqual({
      AWS_REGION: "eu-central-1",
      AWS_LAMBDA_FUNCTION_NAME: "echo",
      AWS_LAMBDA_FUNCTION_MEMORY_SIZE: "128",
      AWS_ENDPOINT_URL: cloud.endpoint,
      AWS_ACCESS_KEY_ID: cloud.credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: cloud.credentials.secretAccessKey,
    });
  });

  it("is given a context as on Lambda", async () => {
    const { payload } = await invoke(await boot(), { do: "context" });
    expect(payload).toMatchObject({
      functionName: "echo",
      functionVersion: "$LATEST",
      invokedFunctionArn: "arn:aws:lambda:eu-central-1:000000000000:function:echo",
      memoryLimitInMB: "128",
      awsRequestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
    });
    expect(payload).toHaveProperty("left", expect.closeTo(2_000, -3));
  });

  it("stays warm between invocations", async () => {
    const cloud = await boot();
    expect((await invoke(cloud, {})).payload).toMatchObject({ count: 1 });
    expect((await invoke(cloud, {})).payload).toMatchObject({ count: 2 });
  });

  it("is loaded before anybody calls it where that is asked for, and not again for the call", async () => {
    const fixture = await writeFixture();
    const cloud = await bootFixture(fixture, { loadAhead: ["echo"] });
    const log = () => readFile(join(fixture.dataDir, "logs", "echo.log"), "utf8").catch(() => "");
    await eventually("the code to be loaded", async () => ((await log()) === "loaded\n" ? true : undefined));
    expect((await invoke(cloud, {})).payload).toMatchObject({ count: 1 });
    expect((await log()).match(/^loaded$/gm)).toHaveLength(1);
  });

  it("is loaded as often as it is named, less what is loaded already", async () => {
    const fixture = await writeFixture();
    const cloud = await bootFixture(fixture, { loadAhead: ["echo", "echo"] });
    const called = invoke(cloud, {});
    await Promise.all([cloud.loaded, called]);
    const log = async () => {
      const text = await readFile(join(fixture.dataDir, "logs", "echo.log"), "utf8").catch(() => "");
      return text.match(/^loaded$/gm) ?? [];
    };
    const loaded = await eventually("two to be loaded", async () =>
      (await log()).length > 1 ? log() : undefined,
    );
    expect(loaded).toHaveLength(2);
  });

  it("that is not in the stack cannot be loaded ahead", async () => {
    await expect(boot({ loadAhead: ["nobody"] })).rejects.toThrow("There is no function nobody");
  });

  it("is fresh again after it has been idle", async () => {
    const cloud = await boot({ idleMilliseconds: 1 });
    await invoke(cloud, {});
    const { payload } = await eventually("a fresh environment", async () => {
      const answer = await invoke(cloud, {});
      return JSON.stringify(answer.payload).includes('"count":1') ? answer : undefined;
    });
    expect(payload).toMatchObject({ count: 1 });
  });

  it.each([
    ["an error", "throw", "SourceRefused", "the words"],
    ["something that is no error", "throw a text", "string", "just a text"],
    ["a process that ends itself", "exit", "Runtime.ExitError", "exit status 3"],
    ["a rejection nobody handles", "reject", "Runtime.UnhandledPromiseRejection", "nobody waits"],
    ["more time than the function has", "hang", "Sandbox.Timedout", "Task timed out after 2.00 seconds"],
    ["more memory than the function has", "eat", "Runtime.OutOfMemory", "signal: killed"],
  ])("reports %s by name and words, and works again afterwards", async (_what, what, errorType, words) => {
    const cloud = await boot();
    const { error, payload } = await invoke(cloud, { do: what });
    expect(error).toBe("Unhandled");
    expect(payload).toMatchObject({ errorType, errorMessage: expect.stringContaining(words) });
    expect((await invoke(cloud, { a: 1 })).payload).toMatchObject({ event: { a: 1 } });
  });

  it("gives null for a function that returns nothing", async () => {
    expect(await invoke(await boot(), { do: "nothing" })).toEqual({ error: undefined, payload: null });
  });

  it("has what it says in its log file, with a line for every invocation", async () => {
    const fixture = await writeFixture();
    const cloud = await bootFixture(fixture);
    await invoke(cloud, { do: "say" });
    const log = await eventually("the log", async () => {
      const text = await readFile(join(fixture.dataDir, "logs", "echo.log"), "utf8");
      return text.includes("said to the log") ? text : undefined;
    });
    expect(log).toMatch(/REPORT RequestId: \S+\tDuration: \d+ ms\n/);
  });

  it("is metered by the millisecond and its memory", async () => {
    const cloud = await boot();
    await invoke(cloud, {});
    const { lambdaRequests, lambdaGbSeconds } = cloud.metering.readings();
    expect(lambdaRequests).toBe(1);
    expect(lambdaGbSeconds).toBeGreaterThan(0);
    expect(lambdaGbSeconds).toBeLessThan(10);
  });

  it("runs as often at once as there are workers, and the rest in turn", async () => {
    const cloud = await boot({ workerLimit: 2 });
    const all = await Promise.all([1, 2, 3, 4, 5].map((n) => invoke(cloud, { n })));
    expect(all.map(({ payload }) => payload)).toEqual(
      [1, 2, 3, 4, 5].map((n) => expect.objectContaining({ event: { n } })),
    );
  });

  it("is found by its ARN too, and absent under another name", async () => {
    const { lambda } = clientsOf(await boot());
    const FunctionName = "arn:aws:lambda:eu-central-1:000000000000:function:echo";
    expect(await lambda.send(new InvokeCommand({ FunctionName, Payload: "{}" }))).toHaveProperty(
      "StatusCode",
      200,
    );
    await expect(
      lambda.send(new InvokeCommand({ FunctionName: "none", Payload: "{}" })),
    ).rejects.toMatchObject({
      name: "ResourceNotFoundException",
    });
  });
});

describe("an asynchronous invocation", () => {
  it("is accepted at once, tried again as often as the function's policy says, and then given to its queue", async () => {
    const fixture = await writeFixture();
    const cloud = await bootFixture(fixture);
    const { lambda, sqs } = clientsOf(cloud);
    const event = { detail: { object: { key: "bad" } } };
    const accepted = await lambda.send(
      new InvokeCommand({
        FunctionName: output(cloud, "ListenerName"),
        InvocationType: "Event",
        Payload: JSON.stringify(event),
      }),
    );
    expect(accepted.StatusCode).toBe(202);
    const { Messages } = await eventually("the record of the failure", async () => {
      const received = await sqs.send(
        new ReceiveMessageCommand({ QueueUrl: output(cloud, "GivenUpUrl"), WaitTimeSeconds: 1 }),
      );
      return received.Messages === undefined ? undefined : received;
    });
    expect(JSON.parse(Messages?.[0]?.Body ?? "")).toMatchObject({
      requestContext: { condition: "RetriesExhausted", approximateInvokeCount: 2 },
      requestPayload: event,
      responsePayload: { errorType: "Error", errorMessage: "cannot read it" },
    });
    expect(await fixture.notes()).toHaveLength(2);
  });
});
