import { EventBridgeClient, PutEventsCommand } from "@aws-sdk/client-eventbridge";
import { describe, expect, it, onTestFinished } from "vitest";
import { z } from "zod";
import { directoryOfTest } from "../support/directory-of-test.ts";
import { startProcess } from "../support/killable-process.ts";
import { clientOf } from "../support/loopback-service.ts";

const run = async (dataDir: string, behaviour: "returns" | "hangs") => {
  const program = startProcess("events-process.ts", dataDir, behaviour);
  onTestFinished(() => program.kill());
  const { endpoint } = z.object({ endpoint: z.string() }).parse(await program.hears("listening"));
  return { program, client: new EventBridgeClient(clientOf({ endpoint, stop: async () => undefined })) };
};

describe("EventBridge killed with kill -9", () => {
  it("delivers after the restart what it had accepted and not delivered, and then no more", async () => {
    const dataDir = await directoryOfTest();
    const before = await run(dataDir, "hangs");
    const Entries = [{ Source: "mailferry", DetailType: "MxChangeDetected", Detail: '{"n":1}' }];
    const { Entries: accepted } = await before.client.send(new PutEventsCommand({ Entries }));
    await before.program.kill();

    const after = await run(dataDir, "returns");
    const { payload } = await after.program.hears("invoked");
    expect(payload).toMatchObject({ id: accepted?.[0]?.EventId, detail: { n: 1 } });
    // A second event through the same journal: when it has arrived, the first has been taken off.
    await after.client.send(new PutEventsCommand({ Entries: [{ ...Entries[0], DetailType: "Second" }] }));
    await after.program.hears("invoked");
    await after.program.kill();

    const last = await run(dataDir, "returns");
    await last.client.send(new PutEventsCommand({ Entries: [{ ...Entries[0], DetailType: "Third" }] }));
    const first = await last.program.hears("invoked");
    expect(first.payload).not.toMatchObject({ id: accepted?.[0]?.EventId });
  });
});
