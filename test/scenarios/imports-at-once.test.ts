import { describe, expect, it } from "vitest";
import { importAccounts } from "../../shared/accounts/import-accounts.ts";
import { startAccounts } from "../../shared/accounts/start-accounts.ts";
import { turnSeconds } from "../../shared/accounts/with-turn.ts";
import { objectKeys } from "../../shared/contract/objects.ts";
import { fanOut } from "../../shared/passes/fan-out.ts";
import { directoryRows, memberHeaders } from "../support/accounts-rows.ts";
import { FakeNoticeQueue } from "../support/fake-notice-queue.ts";
import { unhurried } from "../support/fake-pipeline.ts";
import { FakeWorkQueue } from "../support/fake-work-queue.ts";
import { ImportPorts, runImport, uploadNumbered } from "../support/import-scenario.ts";
import { interruptEverywhere } from "../support/interruptions.ts";
import { completed, exampleAccount, exampleId, inAccounts, inHistory } from "../support/migration-example.ts";
import { minimalWorkbook } from "../support/minimal-workbook.ts";

const headers = [...memberHeaders, "新邮箱地址"];
const reference = { "【参考】企业微信通讯录": directoryRows(9) };
const workbook = (rows: readonly (readonly string[])[]) =>
  minimalWorkbook({ 成员邮箱名单: [headers, ...rows], ...reference });

/** Two files that cannot both be right: `a` has another member in each, and two mailboxes go to one new address. */
const files = {
  "first.xlsx": workbook([
    ["a@yunfan.example", "m1", "Pw-first", "", "", "shared@yunfan.example"],
    ["b@yunfan.example", "m2", "Pw-first"],
    ["d@yunfan.example", "m4", "Pw-first"],
  ]),
  "second.xlsx": workbook([
    ["a@yunfan.example", "m3", ""],
    ["c@yunfan.example", "m5", "Pw-second", "", "", "shared@yunfan.example"],
    ["d@yunfan.example", "m4", ""],
  ]),
};
const [first, second] = [uploadNumbered(1, "first.xlsx"), uploadNumbered(2, "second.xlsx")];

const bothUploaded = async (): Promise<ImportPorts> => {
  const ports = new ImportPorts();
  await ports.migrations.create(inAccounts());
  for (const [file, bytes] of Object.entries(files))
    await ports.objects.write(objectKeys.accounts(exampleId, file), bytes);
  return ports;
};

/** Each account with its member, its new address and the password that is held for it. */
const outcomeOf = (ports: ImportPorts) =>
  Promise.all(
    ports.accounts
      .all(exampleId)
      .map(async (account) => [
        account.address.slice(0, 1),
        account.kind === "member" ? account.memberId : null,
        account.target,
        await ports.vault.open({ migrationId: exampleId, address: account.address, side: "source" }),
      ]),
  );
const firstWins = [
  ["a", "m1", "shared@yunfan.example", "Pw-first"],
  ["b", "m2", "b@yunfan.example", "Pw-first"],
  ["d", "m4", "d@yunfan.example", "Pw-first"],
];
const secondWins = [
  ["a", "m3", "a@yunfan.example", null],
  ["b", "m2", "b@yunfan.example", "Pw-first"],
  ["c", "m5", "shared@yunfan.example", "Pw-second"],
  ["d", "m4", "d@yunfan.example", "Pw-first"],
];

describe("two imports at the same time", () => {
  it("are done one after the other: one account each, and nothing of one file mixed with the other", async () => {
    const ports = await bothUploaded();
    const runs = await Promise.all([runImport(ports, first), runImport(ports, second)]);
    expect(runs.map((run) => run.outcome)).toEqual(["imported", "imported"]);
    expect([firstWins, secondWins]).toContainEqual(await outcomeOf(ports));
    expect(await ports.turns.get(exampleId)).toBeNull();
  });

  it("of one and the same upload make its accounts once and count them once", async () => {
    const ports = await bothUploaded();
    const runs = await Promise.all([
      runImport(ports, first),
      runImport(ports, first),
      runImport(ports, first),
    ]);
    expect(runs.map((run) => run.outcome)).toEqual(["imported", "imported", "imported"]);
    expect(await outcomeOf(ports)).toEqual(firstWins);
  });

  it("mix nothing either when one dies anywhere and the other comes before it is taken up again", async () => {
    const cuts = await interruptEverywhere({
      begin: bothUploaded,
      run: (ports) => runImport(ports, first),
      resume: async (ports) => {
        await runImport(ports, second, async () => {
          ports.clock.advance(60);
          return true;
        });
        await runImport(ports, first);
      },
      check: async (ports) => {
        expect([firstWins, secondWins]).toContainEqual(await outcomeOf(ports));
        expect(await ports.turns.get(exampleId)).toBeNull();
      },
    });
    expect(cuts).toBeGreaterThan(25);
  });

  it("end for one that had no patience left, to be tried again, and its upload stays", async () => {
    const ports = await bothUploaded();
    const until = inAccounts().createdAt;
    await ports.turns.create({ migrationId: exampleId, holder: "clear", number: 1, until });
    ports.clock.advance(-turnSeconds);
    await expect(runImport(ports, first, async () => false)).rejects.toMatchObject({
      name: "ImportsUnderWay",
    });
    expect(ports.objects.keys()).toHaveLength(2);
    expect(await ports.imports.list(exampleId)).toEqual([]);
  });
});

describe("an import in the middle of the history", () => {
  it("starts the mailboxes it adds, and those that a password was missing for", async () => {
    const ports = new ImportPorts();
    ports.clock.advance(3_600);
    const migration = inHistory({ fannedOut: true });
    await ports.migrations.create(migration);
    const pass = migration.phase === "history" ? migration.pass.number : undefined;
    const reason = { kind: "passwordMissing", side: "source" } as const;
    const idle = exampleAccount(1, { state: { status: "notStarted", reason, pass } });
    const done = exampleAccount(2, { state: completed(1, 5) });
    for (const account of [idle, done]) await ports.accounts.createAll([account]);
    const { createdAt: startedAt } = migration;
    const upload = uploadNumbered(0, "first-wave.xlsx");
    await ports.imports.put({ outcome: "running", migrationId: exampleId, upload, startedAt });
    const rows = [
      [idle.address, "member1", "Pw-at-last", "成员1"],
      [done.address, "member2", "Pw-changed", "改名了"],
      ["new@yunfan.example", "m1", "Pw-new"],
    ];
    const members = ["member1", "member2"].map((id) => ["", id, id, "销售部", ""]);
    const bytes = minimalWorkbook({
      成员邮箱名单: [memberHeaders, ...rows],
      "【参考】企业微信通讯录": [...directoryRows(1), ...members],
    });
    await ports.objects.write(objectKeys.accounts(exampleId, "wave.xlsx"), bytes);
    const queues = { workQueue: new FakeWorkQueue(), noticeQueue: new FakeNoticeQueue() };
    const app = Object.assign(ports, queues);
    const run = await importAccounts(app, exampleId, uploadNumbered(1, "wave.xlsx"), {
      patience: async () => false,
      startAccounts: async (copying, mended) => {
        await fanOut(app, copying, unhurried);
        await startAccounts(app, copying, mended);
      },
      finishAccounts: async () => undefined,
    });
    expect(run).toMatchObject({ created: 1, updated: 1, unchanged: 1, rejected: 0 });
    const started: string[] = [];
    for (let work = app.workQueue.next(); work !== null; work = app.workQueue.next()) {
      started.push(work.address);
      app.workQueue.finish();
    }
    expect(started.sort()).toEqual([idle.address, "new@yunfan.example"]);
    expect(await ports.accounts.get(exampleId, done.address)).toMatchObject({
      name: "改名了",
      amendedAt: run.startedAt,
      state: { status: "completed" },
    });
    expect((await outcomeOf(ports)).map(([, , , password]) => password)).toEqual([
      "Pw-at-last",
      "Pw-changed",
      "Pw-new",
    ]);
  });
});
