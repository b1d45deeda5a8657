import { describe, expect, it } from "vitest";
import type { Account } from "../../shared/contract/account.ts";
import { PassNumber } from "../../shared/contract/ids.ts";
import { FolderRecord } from "../../shared/contract/mailbox.ts";
import { operatorCommand } from "../../shared/phases/operator-command.ts";
import { recordFailure } from "../../shared/phases/record-failure.ts";
import { pipelineWith, unhurried } from "../support/fake-pipeline.ts";
import { interruptEverywhere } from "../support/interruptions.ts";
import {
  completed,
  exampleAccount,
  exampleDomain,
  exampleId,
  exampleSettings,
  inAccounts,
  inDrain,
  inHistory,
  inSwitch,
} from "../support/migration-example.ts";
import { recorded } from "../support/recorded.ts";

describe("an operator", () => {
  it("has a delta pass made, and a final one while the old server is drained", async () => {
    const app = await pipelineWith(inSwitch());
    await operatorCommand(app, { command: "startPass", migrationId: exampleId }, unhurried);
    expect(await recorded(app)).toMatchObject({ pass: { number: 2, kind: "delta", fannedOut: true } });
    const draining = await pipelineWith(inDrain());
    await operatorCommand(draining, { command: "startPass", migrationId: exampleId }, unhurried);
    expect(await recorded(draining)).toMatchObject({ pass: { number: 2, kind: "final" } });
  });

  it("is told that nothing is copied yet, or that a pass is still running", async () => {
    const command = { command: "startPass", migrationId: exampleId } as const;
    const early = await pipelineWith(inAccounts());
    expect(await operatorCommand(early, command, unhurried)).toEqual({ outcome: "notCopying" });
    const running = await pipelineWith(inHistory(), [exampleAccount(1)]);
    expect(await operatorCommand(running, command, unhurried)).toEqual({ outcome: "standing", pass: 1 });
  });

  it("confirms deletions as they were found, whatever dies on the way", async () => {
    const doubtfulDeletions = { count: 150, foundIn: PassNumber.parse(2) };
    const account = exampleAccount(1, { state: completed(1) });
    const { address } = account;
    const record = FolderRecord.parse({
      ...{ migrationId: exampleId, address, sourcePath: "INBOX", sourceUidValidity: "1" },
      ...{ targetPath: "INBOX", targetUidValidity: "1", provenance: "inbox", targetUidNextAtFirst: 1 },
      ...{ plannedBelowUid: 201, flagsAsOfModseq: null, doubtfulDeletions },
    });
    const cuts = await interruptEverywhere({
      begin: async () => {
        const app = await pipelineWith(inHistory(), [account]);
        await app.mailboxes.putFolder(record);
        return app;
      },
      run: (app) =>
        operatorCommand(app, { command: "confirmDeletions", migrationId: exampleId, address }, unhurried),
      check: async (app) =>
        expect((await app.accounts.get(exampleId, address))?.confirmedDeletions).toEqual({
          at: app.clock.now(),
          folders: [{ sourcePath: "INBOX", ...doubtfulDeletions }],
        }),
    });
    expect(cuts).toBeGreaterThan(4);
  });

  it("has only the refused messages tried again, where there are any", async () => {
    const command = { command: "retryRefused", migrationId: exampleId } as const;
    const withRefused = (number: number, refused: number): Account => ({
      ...exampleAccount(number, { state: completed(1) }),
      totals: {
        messages: { source: 3, copied: 3 - refused, alreadyThere: 0, refused },
        bytes: { source: 3, copied: 3 },
      },
    });
    const [clean, concerned] = [withRefused(1, 0), withRefused(2, 1)];
    const app = await pipelineWith(inSwitch(), [clean, concerned]);
    expect(await operatorCommand(app, { ...command, only: [clean.address] }, unhurried)).toEqual({
      outcome: "nothingRefused",
    });
    expect(await operatorCommand(app, command, unhurried)).toEqual({ outcome: "done", pass: 2 });
    expect(await recorded(app)).toMatchObject({
      pass: { kind: "delta", refusedOnly: true, fannedOut: true },
    });
    expect(app.workQueue.waiting.map(({ address }) => address)).toEqual([concerned.address]);
    expect(await app.accounts.get(exampleId, clean.address)).toMatchObject({ state: { pass: 1 } });
  });

  it("says that the MX has been changed, which is announced and not believed", async () => {
    const command = { command: "confirmMxChange", migrationId: exampleId } as const;
    const app = await pipelineWith(inSwitch());
    expect(await operatorCommand(app, command, unhurried)).toEqual({ outcome: "done" });
    expect(app.bus.published).toMatchObject([{ domain: exampleDomain, origin: "admin-confirmed" }]);
    expect(await recorded(app)).toEqual(inSwitch());
    const early = await pipelineWith(inAccounts());
    expect(await operatorCommand(early, command, unhurried)).toEqual({ outcome: "notWaiting" });
    expect(early.bus.published).toEqual([]);
  });

  it("changes the settings of the same domain, and of no other", async () => {
    const app = await pipelineWith(inAccounts());
    const change = (settings: typeof exampleSettings) =>
      operatorCommand(app, { command: "changeSettings", migrationId: exampleId, settings }, unhurried);
    const source = { ...exampleSettings.source, host: "imap2.yunfan.example" };
    await change({ ...exampleSettings, source });
    expect((await recorded(app)).settings.source.host).toBe("imap2.yunfan.example");
    await expect(change({ ...exampleSettings, domain: "another.example" })).rejects.toMatchObject({
      name: "SettingsUnusable",
    });
    const clear = { ...exampleSettings.source, tls: "none" as const };
    await expect(change({ ...exampleSettings, source: clear })).rejects.toMatchObject({
      name: "SettingsUnusable",
    });
    expect((await recorded(app)).settings.source).toEqual(source);
  });
});

describe("the end of a workflow in an error", () => {
  const failed = {
    executionName: exampleId,
    failure: {
      Error: "ServerUnreachable",
      Cause: JSON.stringify({
        errorType: "ServerUnreachable",
        errorMessage:
          "The source server imap.x.example:993 cannot be reached: connect ECONNREFUSED. Check host, port and firewall.",
        trace: [],
      }),
    },
  };

  it("is kept with its evidence, wherever that is interrupted", async () => {
    await interruptEverywhere({
      begin: () => pipelineWith(inHistory()),
      run: (app) => recordFailure(app, failed),
      check: async (app) =>
        expect((await recorded(app)).failure?.error).toEqual({
          name: "ServerUnreachable",
          evidence: { side: "source", host: "imap.x.example", port: "993", reason: "connect ECONNREFUSED" },
        }),
    });
  });

  it("does not overwrite what was recorded where it happened", async () => {
    const error = {
      name: "ServerUnreachable",
      evidence: { side: "target", host: "b", port: 1, reason: "c" },
    } as const;
    const failure = { error, at: inSwitch().createdAt };
    const app = await pipelineWith(inSwitch({ failure }));
    await recordFailure(app, failed);
    expect((await recorded(app)).failure).toEqual(failure);
  });

  it("of which there is no record has nowhere to be kept", async () => {
    const app = await pipelineWith(null);
    expect(await recordFailure(app, failed)).toBe("unknown");
    expect(await recordFailure(app, { ...failed, executionName: "Not An Id" })).toBe("unknown");
  });
});
