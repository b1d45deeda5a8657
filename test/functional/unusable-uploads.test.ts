import { describe, expect, it } from "vitest";
import { objectKeys } from "../../shared/contract/objects.ts";
import { directoryRows, memberHeaders } from "../support/accounts-rows.ts";
import { ImportPorts, runImport, uploaded, uploadsLeft } from "../support/import-scenario.ts";
import { interruptEverywhere } from "../support/interruptions.ts";
import { exampleId, inAccounts } from "../support/migration-example.ts";
import { minimalWorkbook } from "../support/minimal-workbook.ts";

const key = objectKeys.accounts(exampleId, "accounts.xlsx");
const members = [memberHeaders, ["a@yunfan.example", "m1", "Pw-source-a"]];

describe("an upload that cannot be used", () => {
  const reference = { "【参考】企业微信通讯录": directoryRows(1) };

  it.each([
    ["has none of the sheets", minimalWorkbook({ Sheet1: [["x"]], ...reference }), "SheetMissing"],
    ["has no directory sheet", minimalWorkbook({ 成员邮箱名单: members }), "DirectoryMissing"],
    [
      "has a sheet twice",
      minimalWorkbook({ 成员邮箱名单: members, Members: members, ...reference }),
      "SheetRepeated",
    ],
    [
      "lacks a column",
      minimalWorkbook({ 成员邮箱名单: [["原邮箱地址"], ["a@yunfan.example"]], ...reference }),
      "ColumnMissing",
    ],
    [
      "has a column twice",
      minimalWorkbook({ 成员邮箱名单: [[...memberHeaders, "Source password"], ["x"]], ...reference }),
      "ColumnRepeated",
    ],
  ])(
    "because it %s is recorded with the reason and destroyed, wherever it is cut off",
    async (_what, bytes, name) => {
      await interruptEverywhere({
        begin: () => uploaded(inAccounts(), bytes),
        run: (ports) => runImport(ports),
        check: async (ports) => {
          expect(await ports.imports.list(exampleId)).toMatchObject([
            { outcome: "unusable", error: { name } },
          ]);
          expect(uploadsLeft(ports)).toEqual([]);
          expect(ports.accounts.all(exampleId)).toEqual([]);
          expect(ports.vault.count(exampleId)).toBe(0);
        },
      });
    },
  );

  it("because it is no workbook is recorded with the reason and destroyed", async () => {
    const ports = await uploaded(inAccounts(), Buffer.from("a,b\n"));
    expect(await runImport(ports)).toMatchObject({
      outcome: "unusable",
      error: { name: "WorkbookUnreadable", evidence: { file: "accounts.xlsx" } },
    });
    expect(uploadsLeft(ports)).toEqual([]);
  });

  it("because the directory file is gone or broken is recorded too", async () => {
    const migration = inAccounts();
    const path = objectKeys.directory(exampleId);
    const settings = { ...migration.settings, directory: { kind: "file" as const, path } };
    for (const directory of [null, "{}", "[{}]", '[{"userid":"A","name":"x"},{"userid":"a","name":"y"}]']) {
      const ports = await uploaded({ ...migration, settings }, minimalWorkbook({ 成员邮箱名单: members }));
      if (directory !== null) await ports.objects.write(path, Buffer.from(directory));
      expect(await runImport(ports)).toMatchObject({ error: { name: "DirectoryUnreadable" } });
    }
  });

  it("because it was removed before it could be read says so", async () => {
    const ports = await uploaded(inAccounts(), Buffer.alloc(0));
    await ports.objects.destroy(key);
    expect(await runImport(ports)).toMatchObject({
      outcome: "unusable",
      error: { name: "WorkbookUnreadable", evidence: { reason: "removed" } },
    });
  });

  it("for a migration nobody knows is an error, and the upload stays for the retry", async () => {
    const ports = new ImportPorts();
    await ports.objects.write(key, minimalWorkbook({ 成员邮箱名单: members }));
    await expect(runImport(ports)).rejects.toMatchObject({ name: "MigrationUnknown" });
    expect(ports.objects.keys()).toEqual([key]);
  });
});
