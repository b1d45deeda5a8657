import { describe, expect, it } from "vitest";
import { refuseUnusableImport } from "../../infra/local/cli/refuse-unusable-import.ts";
import type { Migration } from "../../shared/contract/migration.ts";
import { finishesAccounts, objectKeys } from "../../shared/contract/objects.ts";
import { verifyDomain } from "../../shared/domain/verify-domain.ts";
import { openPhase } from "../../shared/phases/open-phase.ts";
import { operatorCommand } from "../../shared/phases/operator-command.ts";
import { directoryRows, memberHeaders } from "../support/accounts-rows.ts";
import { FakePipeline, unhurried } from "../support/fake-pipeline.ts";
import {
  type ImportPorts,
  runImport,
  uploaded,
  uploadNumbered,
  uploadsLeft,
} from "../support/import-scenario.ts";
import { interruptEverywhere } from "../support/interruptions.ts";
import {
  awaitedWith,
  everyServer,
  exampleDomain,
  exampleId,
  exampleSettings,
  inAccounts,
  inHistory,
  oldSet,
} from "../support/migration-example.ts";
import { minimalWorkbook } from "../support/minimal-workbook.ts";
import { recorded } from "../support/recorded.ts";

const sheet = (...rows: readonly (readonly string[])[]) =>
  minimalWorkbook({ 成员邮箱名单: [memberHeaders, ...rows], "【参考】企业微信通讯录": directoryRows(3) });
const good = sheet(["a@yunfan.example", "m1", "Pw-source-a"]);
const bad = sheet(["a@other.example", "m1", "Pw-source-a"]);

/** The workflow waits for accounts, and an upload has come. */
const waiting = async (
  bytes: Uint8Array,
  metadata: Readonly<Record<string, string>>,
  migration: Migration = awaitedWith("accounts-token", inAccounts()),
): Promise<ImportPorts> => {
  const ports = await uploaded(migration, bytes, "accounts.xlsx", metadata);
  ports.workflow.wait("accounts-token");
  return ports;
};
const finishedAt = async ({ migrations }: ImportPorts) => {
  const migration = await migrations.get(exampleId);
  return migration?.phase === "accounts" ? migration.finishedAt : undefined;
};

describe("an upload that says it is the last one", () => {
  it("ends the accounts phase with its accounts, before its import has ended, and once", async () => {
    const ports = await waiting(good, finishesAccounts);
    const endedWhenTold: unknown[] = [];
    const succeed = ports.workflow.succeed.bind(ports.workflow);
    ports.workflow.succeed = async (taskToken) => {
      endedWhenTold.push(...(await ports.imports.list(exampleId)).map(({ outcome }) => outcome));
      return succeed(taskToken);
    };
    expect(await runImport(ports)).toMatchObject({ outcome: "imported", created: 1 });
    expect(ports.workflow.succeeded).toEqual(["accounts-token"]);
    expect(endedWhenTold).toEqual(["running"]);
    expect(await finishedAt(ports)).toBe(ports.clock.now());
    await runImport(ports);
    expect(ports.workflow.succeeded).toEqual(["accounts-token"]);
  });

  it("comes to the same end wherever it is cut off and taken up again", async () => {
    const cuts = await interruptEverywhere({
      begin: () => waiting(good, finishesAccounts),
      run: (ports) => runImport(ports),
      check: async (ports) => {
        expect(await ports.imports.list(exampleId)).toMatchObject([{ outcome: "imported", created: 1 }]);
        expect(ports.workflow.succeeded).toEqual(["accounts-token"]);
        expect(await finishedAt(ports)).toBeDefined();
        expect(uploadsLeft(ports)).toEqual([]);
      },
    });
    expect(cuts).toBeGreaterThan(30);
  });

  it.each([
    ["says nothing of it", good, {}],
    ["says something else", good, { "finish-accounts": "no" }],
    ["brings no account", bad, finishesAccounts],
    ["cannot be read", new Uint8Array(7), finishesAccounts],
  ])("does not end it when it %s", async (_title, bytes, metadata) => {
    const ports = await waiting(bytes, metadata);
    await runImport(ports);
    expect(ports.workflow.succeeded).toEqual([]);
    expect(await finishedAt(ports)).toBeUndefined();
  });

  it("ends it as soon as it begins where the domain is still being checked", async () => {
    const { migrationId, domain, settings, createdAt } = inAccounts();
    const unchecked = { phase: "domain", migrationId, domain, settings, createdAt } as const;
    const ports = await waiting(good, finishesAccounts, unchecked);
    await runImport(ports);
    const app = Object.assign(new FakePipeline(), { migrations: ports.migrations, accounts: ports.accounts });
    expect(
      await operatorCommand(app, { command: "finishAccounts", migrationId: exampleId }, unhurried),
    ).toEqual({ outcome: "notWaiting" });
    app.names.answerAll(everyServer, exampleDomain, oldSet);
    await verifyDomain(app, { executionName: exampleId, settings: exampleSettings });
    expect(await recorded(app)).toMatchObject({ phase: "accounts", finishedAt: ports.clock.now() });
    app.workflow.wait("first");
    await openPhase(app, { migrationId: exampleId, phase: "accounts", taskToken: "first" }, unhurried);
    expect(app.workflow.succeeded).toEqual(["first"]);
  });

  it("ends it with accounts that were there already, be it under another name", async () => {
    const ports = await waiting(good, {});
    await runImport(ports);
    const renamed = sheet(["a@yunfan.example", "m1", "Pw-source-a", "改名了"]);
    ports.clock.advance(60);
    ports.objects.upload(objectKeys.accounts(exampleId, "renamed.xlsx"), renamed, finishesAccounts);
    const run = await runImport(ports, uploadNumbered(2, "renamed.xlsx"));
    expect(run).toMatchObject({ created: 0, updated: 1, unchanged: 0 });
    expect(ports.workflow.succeeded).toEqual(["accounts-token"]);
    if (run.outcome !== "imported") throw new Error("it was not imported");
    expect(refuseUnusableImport(run, "renamed.xlsx")).toBe(run);
  });

  it("has nothing to end once the migration copies", async () => {
    const ports = await waiting(good, finishesAccounts, awaitedWith("accounts-token", inHistory()));
    expect(await runImport(ports)).toMatchObject({ outcome: "imported", created: 1 });
    expect(ports.workflow.succeeded).toEqual([]);
    expect(ports.starter.started).toEqual([exampleId]);
  });
});
