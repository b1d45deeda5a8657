import { describe, expect, it } from "vitest";
import { directoryRows, memberHeaders, publicHeaders } from "../support/accounts-rows.ts";
import { exceljsWorkbook } from "../support/exceljs-workbook.ts";
import { runImport, uploaded } from "../support/import-scenario.ts";
import { exampleId, inAccounts } from "../support/migration-example.ts";
import { minimalWorkbook } from "../support/minimal-workbook.ts";
import * as programs from "../support/program-workbooks.ts";

/** What an admin may have typed: full-width characters, a break in a cell, a leading zero, blanks around, cells left out. */
const sheets: programs.PlainSheets = {
  成员邮箱名单: [
    memberHeaders,
    ["Ａ@yunfan.example", "m1", "Pw-a&<1>", "张\r\n三", "研发部"],
    [" b@YUNFAN.example ", "００7", "00123", "李四", "总部/销售部"],
  ],
  公共邮箱名单: [publicHeaders, ["info@yunfan.example", "Pw-info", "m1；００7", "咨询"]],
  "【参考】企业微信通讯录": [...directoryRows(3), ["", "007", "李四", "总部", "13800138000"]],
  说明: [["不属于名单的工作表"], ["x@other.example"]],
};

const madeBy: readonly (readonly [string, () => Promise<Uint8Array> | Uint8Array])[] = [
  ["Excel", () => programs.excel(sheets)],
  ["Excel, strict", () => programs.strictExcel(sheets)],
  ["WPS", () => programs.wps(sheets)],
  ["LibreOffice", () => programs.libreOffice(sheets)],
  ["Google Sheets", () => programs.googleSheets(sheets)],
  ["openpyxl", () => programs.openpyxl(sheets)],
  ["the Open XML SDK", () => programs.openXmlSdk(sheets)],
  ["exceljs", () => exceljsWorkbook(sheets)],
  [
    "a plain library",
    () =>
      minimalWorkbook(
        Object.fromEntries(
          Object.entries(sheets).map(([name, rows]) => [
            name,
            rows.map((cells) => cells.map((text) => text.replace(/&/g, "&amp;").replace(/</g, "&lt;"))),
          ]),
        ),
      ),
  ],
];

describe("a workbook made by another program", () => {
  it.each(madeBy)("%s is imported whole and alike", async (_program, make) => {
    const ports = await uploaded(inAccounts(), await make());
    expect(await runImport(ports)).toMatchObject({ outcome: "imported", created: 3, rejected: 0 });
    expect(ports.accounts.all(exampleId)).toMatchObject([
      { address: "a@yunfan.example", memberId: "m1", name: "张 三", department: "研发部" },
      { address: "b@yunfan.example", memberId: "007", name: "李四", department: "总部/销售部" },
      { address: "info@yunfan.example", users: ["m1", "007"], name: "咨询" },
    ]);
    const passwords = await Promise.all(
      ports.accounts
        .all(exampleId)
        .map(({ address }) => ports.vault.open({ migrationId: exampleId, address, side: "source" })),
    );
    expect(passwords).toEqual(["Pw-a&<1>", "00123", "Pw-info"]);
  });
});
