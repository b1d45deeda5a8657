import {
  DescribeExecutionCommand,
  GetExecutionHistoryCommand,
  SendTaskSuccessCommand,
  SFNClient,
  StartExecutionCommand,
} from "@aws-sdk/client-sfn";
import { describe, expect, it, onTestFinished } from "vitest";
import { z } from "zod";
import { directoryOfTest } from "../support/directory-of-test.ts";
import { eventually } from "../support/eventually.ts";
import { type KillableProcess, startProcess } from "../support/killable-process.ts";
import { clientOf } from "../support/loopback-service.ts";
import { machineArn } from "../support/waiting-machine.ts";

const run = async (dataDir: string, behaviour: "returns" | "hangs") => {
  const program = startProcess("states-process.ts", dataDir, behaviour);
  onTestFinished(() => program.kill());
  const { endpoint } = z.object({ endpoint: z.string() }).parse(await program.hears("listening"));
  const client = new SFNClient(clientOf({ endpoint, stop: async () => undefined }));
  return { program, client };
};

const tokenOf = async (program: KillableProcess): Promise<string> =>
  z.object({ payload: z.object({ token: z.string() }) }).parse(await program.hears("invoked")).payload.token;

const start = async (client: SFNClient): Promise<string> => {
  const command = new StartExecutionCommand({ stateMachineArn: machineArn, name: "one", input: '{"n":1}' });
  return z.string().parse((await client.send(command)).executionArn);
};

const untilInHistory = (client: SFNClient, executionArn: string, type: string) =>
  eventually(type, async () => {
    const { events } = await client.send(new GetExecutionHistoryCommand({ executionArn }));
    return events?.find((event) => event.type === type);
  });

const outputOf = (client: SFNClient, executionArn: string) =>
  eventually("the execution's output", async () => {
    const { output } = await client.send(new DescribeExecutionCommand({ executionArn }));
    return output;
  });

describe("Step Functions killed with kill -9", () => {
  it("goes on waiting for the token handed out before, without invoking the function again", async () => {
    const dataDir = await directoryOfTest();
    const before = await run(dataDir, "returns");
    const executionArn = await start(before.client);
    const taskToken = await tokenOf(before.program);
    await untilInHistory(before.client, executionArn, "TaskSubmitted");
    await before.program.kill();

    const after = await run(dataDir, "returns");
    await after.client.send(new SendTaskSuccessCommand({ taskToken, output: '"all of it"' }));
    expect(await outputOf(after.client, executionArn)).toBe('{"n":1,"history":"all of it"}');
    expect(after.program.said.filter(({ event }) => event === "invoked")).toEqual([]);
  });

  it("invokes the function again with the same token when it is not known to have returned", async () => {
    const dataDir = await directoryOfTest();
    const before = await run(dataDir, "hangs");
    const executionArn = await start(before.client);
    const taskToken = await tokenOf(before.program);
    await before.program.kill();

    const after = await run(dataDir, "returns");
    expect(await tokenOf(after.program)).toBe(taskToken);
    await after.client.send(new SendTaskSuccessCommand({ taskToken, output: "{}" }));
    expect(await outputOf(after.client, executionArn)).toBe('{"n":1,"history":{}}');
  });

  it("keeps every success it has answered, however soon the kill comes after", async () => {
    const dataDir = await directoryOfTest();
    const before = await run(dataDir, "returns");
    const executionArn = await start(before.client);
    const taskToken = await tokenOf(before.program);
    await before.client.send(new SendTaskSuccessCommand({ taskToken, output: "1" }));
    await before.program.kill();

    const after = await run(dataDir, "returns");
    expect(await outputOf(after.client, executionArn)).toBe('{"n":1,"history":1}');
  });
});
