import { describe, expect, it } from "vitest";
import { objectKeys } from "../../shared/contract/objects.ts";
import { directoryRows, memberHeaders, publicHeaders } from "../support/accounts-rows.ts";
import { exceljsWorkbook } from "../support/exceljs-workbook.ts";
import {
  type ImportPorts,
  runImport,
  uploaded,
  uploadNumbered,
  uploadsLeft,
} from "../support/import-scenario.ts";
import { interruptEverywhere } from "../support/interruptions.ts";
import { exampleId, inAccounts, inHistory } from "../support/migration-example.ts";
import { minimalWorkbook } from "../support/minimal-workbook.ts";
import { filledIn, firstRow, textsOf } from "../support/template-workbook.ts";

const members = [
  memberHeaders,
  ["a@yunfan.example", "m1", "Pw-source-a", "张三", "研发部"],
  ["b@yunfan.example", "m2", "Pw-source-b"],
  ["c@other.example", "m3", "Pw-source-c"],
];
const publicMailboxes = [publicHeaders, ["info@yunfan.example", "Pw-source-info", "m1", "咨询"]];
const accountsWorkbook = () =>
  exceljsWorkbook({
    成员邮箱名单: members,
    公共邮箱名单: publicMailboxes,
    "【参考】企业微信通讯录": directoryRows(5),
  });
const key = objectKeys.accounts(exampleId, "accounts.xlsx");
const addresses = ({ accounts }: ImportPorts) => accounts.all(exampleId).map(({ address }) => address);
const passwordOf = (ports: ImportPorts, address: string) =>
  ports.accounts
    .all(exampleId)
    .filter((account) => account.address === address)
    .map((account) =>
      ports.vault.open({ migrationId: exampleId, address: account.address, side: "source" }),
    )[0];

describe("importing an uploaded workbook", () => {
  it("makes the good rows accounts, keeps their passwords, names the bad row and destroys the upload", async () => {
    const ports = await uploaded(inAccounts(), await accountsWorkbook());
    const run = await runImport(ports);
    expect(run).toMatchObject({ outcome: "imported", created: 3, unchanged: 0, rejected: 1, errorsTotal: 1 });
    expect(run).toMatchObject({
      errors: [{ sheet: "成员邮箱名单", row: 4, column: "原邮箱地址", name: "DomainForeign" }],
    });
    expect(addresses(ports)).toEqual(["a@yunfan.example", "b@yunfan.example", "info@yunfan.example"]);
    expect(ports.accounts.all(exampleId)[0]).toMatchObject({
      kind: "member",
      memberId: "m1",
      name: "张三",
      department: "研发部",
      state: { status: "notStarted", reason: { kind: "historyNotBegun" } },
    });
    expect(await passwordOf(ports, "a@yunfan.example")).toBe("Pw-source-a");
    expect(ports.vault.count(exampleId)).toBe(3);
    expect(uploadsLeft(ports)).toEqual([]);
    expect(await ports.imports.list(exampleId)).toEqual([run]);
  });

  it("comes to the same end wherever it is cut off and taken up again", async () => {
    const bytes = await accountsWorkbook();
    const cuts = await interruptEverywhere({
      begin: () => uploaded(inAccounts(), bytes),
      run: (ports) => runImport(ports),
      check: async (ports) => {
        expect(await ports.imports.list(exampleId)).toMatchObject([
          { outcome: "imported", created: 3, unchanged: 0, rejected: 1 },
        ]);
        expect(addresses(ports)).toHaveLength(3);
        expect(ports.vault.count(exampleId)).toBe(3);
        expect(uploadsLeft(ports)).toEqual([]);
      },
    });
    expect(cuts).toBeGreaterThan(30);
  });

  it("changes nothing when the same file is uploaded again", async () => {
    const bytes = await accountsWorkbook();
    const ports = await uploaded(inAccounts(), bytes);
    await runImport(ports);
    const before = ports.accounts.all(exampleId);
    ports.clock.advance(60);
    await ports.objects.write(key, bytes);
    expect(await runImport(ports, uploadNumbered(2))).toMatchObject({
      created: 0,
      unchanged: 3,
      rejected: 1,
    });
    expect(ports.accounts.all(exampleId)).toEqual(before);
  });

  it("adds what a later file adds, and takes a new password for an account that is there", async () => {
    const ports = await uploaded(inAccounts(), await accountsWorkbook());
    await runImport(ports);
    ports.clock.advance(60);
    const wave = [memberHeaders, ["a@yunfan.example", "m1", "Pw-new"], ["d@yunfan.example", "m4", "Pw-d"]];
    const later = minimalWorkbook({ 成员邮箱名单: wave, "【参考】企业微信通讯录": directoryRows(5) });
    await ports.objects.write(objectKeys.accounts(exampleId, "wave-2.xlsx"), later);
    const run = await runImport(ports, uploadNumbered(2, "wave-2.xlsx"));
    expect(run).toMatchObject({ created: 1, unchanged: 1, rejected: 0 });
    expect(await passwordOf(ports, "a@yunfan.example")).toBe("Pw-new");
    expect(await passwordOf(ports, "b@yunfan.example")).toBe("Pw-source-b");
  });

  it("answers with the finished run when its event is delivered again", async () => {
    const ports = await uploaded(inAccounts(), await accountsWorkbook());
    const run = await runImport(ports);
    ports.clock.advance(60);
    expect(await runImport(ports)).toEqual(run);
    expect(await runImport(ports, uploadNumbered(0))).toEqual(run);
  });

  it("reads and destroys its own version only, so that a newer upload of the same name is not lost unread", async () => {
    const ports = await uploaded(inAccounts(), await accountsWorkbook());
    const later = [memberHeaders, ["d@yunfan.example", "m4"]];
    const corrected = minimalWorkbook({ 成员邮箱名单: later, "【参考】企业微信通讯录": directoryRows(5) });
    await ports.objects.write(key, corrected);
    const first = await runImport(ports, { file: "accounts.xlsx", versionId: "v1" });
    expect(first).toMatchObject({ outcome: "imported", created: 3 });
    const second = await runImport(ports, { file: "accounts.xlsx", versionId: "v2" });
    expect(second).toMatchObject({ outcome: "imported", created: 1 });
    expect(await runImport(ports, { file: "accounts.xlsx", versionId: "v1" })).toEqual(second);
    expect(uploadsLeft(ports)).toEqual([]);
  });

  it("starts the accounts of a migration that copies already, before the upload is gone", async () => {
    const bytes = await accountsWorkbook();
    const waiting = await uploaded(inAccounts(), bytes);
    await runImport(waiting);
    expect(waiting.starter.started).toEqual([]);
    await interruptEverywhere({
      begin: () => uploaded(inHistory(), bytes),
      run: (ports) => runImport(ports),
      check: (ports) => {
        expect(ports.starter.started).not.toEqual([]);
        expect(uploadsLeft(ports)).toEqual([]);
      },
    });
  });

  it("holds the rows against the directory file where the settings name one", async () => {
    const migration = inAccounts();
    const path = objectKeys.directory(exampleId);
    const settings = { ...migration.settings, directory: { kind: "file" as const, path } };
    const rows = [
      ["Source address", "Member account"],
      ["a@yunfan.example", "ZHANG"],
    ];
    const ports = await uploaded({ ...migration, settings }, minimalWorkbook({ Members: rows }));
    await ports.objects.write(path, Buffer.from(JSON.stringify([{ userid: "zhang", name: "张" }])));
    expect(await runImport(ports)).toMatchObject({ outcome: "imported", created: 1 });
    expect(ports.accounts.all(exampleId)).toMatchObject([{ memberId: "zhang", name: "张" }]);
    expect(ports.objects.keys()).toEqual([path]);
  });

  it("keeps 200 of many row errors and counts them all", async () => {
    const bad = Array.from({ length: 300 }, (_item, index) => [`u${index}@other.example`, "m1"]);
    const sheets = { 成员邮箱名单: [memberHeaders, ...bad], "【参考】企业微信通讯录": directoryRows(1) };
    const run = await runImport(await uploaded(inAccounts(), minimalWorkbook(sheets)));
    expect(run).toMatchObject({ rejected: 300, errorsTotal: 300, created: 0 });
    expect(run.outcome === "imported" && run.errors.length).toBe(200);
  });

  it("leaves every bad row in a workbook that brings its account in once it is mended", async () => {
    const ports = await uploaded(inAccounts(), await accountsWorkbook());
    const run = await runImport(ports);
    const errorsKey = objectKeys.importErrors(exampleId, "accounts.xlsx");
    expect(run).toMatchObject({ errorsKey });
    const errors = await ports.objects.read(errorsKey, 1_000_000);
    if (errors === null) throw new Error("there is no workbook of errors");
    const mended = await filledIn(errors, (workbook) => {
      const row = firstRow(workbook, "成员邮箱名单");
      expect([1, 2, 3].map((column) => row.getCell(column).text)).toEqual(["c@other.example", "m3", ""]);
      row.getCell(1).value = "c@yunfan.example";
      row.getCell(3).value = "Pw-source-c";
    });
    await ports.objects.write(objectKeys.accounts(exampleId, "mended.xlsx"), mended);
    const again = await runImport(ports, uploadNumbered(2, "mended.xlsx"));
    expect(again).toMatchObject({ created: 1, rejected: 0, errorsTotal: 0 });
    expect(again).not.toHaveProperty("errorsKey");
    expect(await passwordOf(ports, "c@yunfan.example")).toBe("Pw-source-c");
  });

  it("does not let an empty or kept password of a mended row erase a good one", async () => {
    const ports = await uploaded(inAccounts(), await accountsWorkbook());
    await runImport(ports);
    const rows = [memberHeaders, ["a@yunfan.example", "m1", ""], ["b@yunfan.example", "m2", "已存在密码"]];
    const again = minimalWorkbook({ 成员邮箱名单: rows, "【参考】企业微信通讯录": directoryRows(5) });
    await ports.objects.write(objectKeys.accounts(exampleId, "again.xlsx"), again);
    await runImport(ports, uploadNumbered(2, "again.xlsx"));
    expect([
      await passwordOf(ports, "a@yunfan.example"),
      await passwordOf(ports, "b@yunfan.example"),
    ]).toEqual(["Pw-source-a", "Pw-source-b"]);
  });

  it("counts the members of the template who have no old mailbox, without complaint", async () => {
    const rows = [memberHeaders, ["a@yunfan.example", "m1"], ["", "m2", "", "成员2", "总部; 研发部"]];
    const template = minimalWorkbook({ 成员邮箱名单: rows, "【参考】企业微信通讯录": directoryRows(5) });
    const run = await runImport(await uploaded(inAccounts(), template));
    expect(run).toMatchObject({ created: 1, rejected: 0, untouched: 1, errorsTotal: 0 });
  });

  it("lets no password into any record", async () => {
    const ports = await uploaded(inAccounts(), await accountsWorkbook());
    await runImport(ports);
    const errors = await ports.objects.read(objectKeys.importErrors(exampleId, "accounts.xlsx"), 1_000_000);
    expect(await textsOf(errors ?? new Uint8Array())).not.toContain("Pw-source");
    const records = JSON.stringify([
      ports.accounts.all(exampleId),
      await ports.imports.list(exampleId),
      await ports.migrations.list(),
    ]);
    expect(records).toContain("a@yunfan.example");
    expect(records).not.toContain("Pw-source");
  });
});
