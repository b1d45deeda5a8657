import { describe, expect, it } from "vitest";
import type { OpenSheet } from "../../../shared/ports/workbook-reader.ts";
import { readMailboxLists } from "../../../shared/spreadsheet/accounts-workbook.ts";
import {
  type ColumnDefinition,
  directoryColumns,
  memberColumns,
  publicColumns,
} from "../../../shared/spreadsheet/columns.ts";
import { findSheets } from "../../../shared/spreadsheet/find-sheets.ts";
import { foldLabel } from "../../../shared/spreadsheet/fold.ts";
import { sheetKind } from "../../../shared/spreadsheet/sheets.ts";
import { readTable } from "../../../shared/spreadsheet/table.ts";
import type { Sheet } from "../../../shared/spreadsheet/workbook.ts";
import { sheetOf } from "../../support/accounts-rows.ts";

const tables: Readonly<Record<string, Readonly<Record<string, ColumnDefinition>>>> = {
  memberColumns,
  publicColumns,
  directoryColumns,
};

describe("the alias tables", () => {
  it.each(Object.entries(tables))("%s: no word stands for two columns", (_name, columns) => {
    const words = Object.values(columns).flatMap(({ header, aliases, loose = [] }) =>
      [header, ...aliases, ...loose].map(foldLabel),
    );
    expect(words.filter((word, index) => words.indexOf(word) !== index)).toEqual([]);
  });
});

describe("a header", () => {
  const headersRead = (headers: readonly string[]) => {
    const table = readTable(
      sheetOf("S", [headers, headers.map((_header, index) => `v${index}`)]),
      memberColumns,
      "f",
    );
    const [row] = table.rows;
    return row === undefined ? [] : [row.text("address"), row.text("memberId"), row.text("sourcePassword")];
  };

  it.each([
    ["the template's", ["原邮箱地址*", "企业微信成员账号*", "原邮箱密码"]],
    ["decorated ones", [" ＊ 原 邮箱地址\n", "企业微信成员账号（必填）", "﻿原邮箱密码 "]],
    ["English ones", ["Source address", "Member Account", "PASSWORD"]],
    ["full-width ones", ["Ｓｏｕｒｃｅ　ａｄｄｒｅｓｓ", "ｍｅｍｂｅｒ＿ｉｄ", "source-password"]],
  ])("is recognised among %s", (_what, headers) => {
    expect(headersRead(headers)).toEqual(["v0", "v1", "v2"]);
  });

  it("is found wherever its column stands, among others and below a title", () => {
    const table = readTable(
      sheetOf("S", [
        ["请按说明填写 / Fill in", ""],
        [],
        ["备注", "密码", "姓名", "企业微信成员账号", "", "原邮箱地址"],
        ["x", "pw", "张三", "m1", "", "a@yunfan.example"],
      ]),
      memberColumns,
      "f",
    );
    expect(table.rows.map((row) => [row.number, row.text("address"), row.text("sourcePassword")])).toEqual([
      [4, "a@yunfan.example", "pw"],
    ]);
    expect(table.header("memberId")).toBe("企业微信成员账号");
    expect(table.header("department")).toBe("所在部门");
  });

  it("that is missing is named as in the template", () => {
    expect(() => readTable(sheetOf("S", [["Password", "Name"]]), memberColumns, "f.xlsx")).toThrow(
      expect.objectContaining({
        name: "ColumnMissing",
        evidence: { file: "f.xlsx", sheet: "S", column: "原邮箱地址" },
      }),
    );
  });

  it("of the template's own words is preferred to one that an extra column may have too", () => {
    expect(
      headersRead(["Email", "Source address", "User", "Member id", "Password", "Source password"]),
    ).toEqual(["v1", "v3", "v5"]);
  });

  it("that stands twice is refused rather than guessed", () => {
    const twice = sheetOf("S", [["原邮箱地址", "账号", "密码", "Password"]]);
    expect(() => readTable(twice, memberColumns, "f")).toThrow(
      expect.objectContaining({
        name: "ColumnRepeated",
        evidence: { file: "f", sheet: "S", column: "密码" },
      }),
    );
  });
});

describe("rows", () => {
  it("that hold something only outside our columns are passed over", () => {
    const table = readTable(
      sheetOf("S", [["原邮箱地址", "账号", "备注"], ["", "", "总计"], ["a@yunfan.example"]]),
      memberColumns,
      "f",
    );
    expect(table.rows.map(({ number }) => number)).toEqual([3]);
  });

  it("are none in a sheet without any text", () => {
    expect(readTable(sheetOf("S", []), memberColumns, "f").rows).toEqual([]);
  });
});

describe("a sheet", () => {
  it.each([
    ["成员邮箱名单", "members"],
    [" 成员邮箱名单 ", "members"],
    ["Member Mailboxes", "members"],
    ["公共邮箱名单", "publicMailboxes"],
    ["shared mailboxes", "publicMailboxes"],
    ["【参考】企业微信通讯录", "directory"],
    ["[参考] 企业微信通讯录", "directory"],
    ["说明", null],
  ])("named %s is %s", (name, kind) => {
    expect(sheetKind(name)).toBe(kind);
  });

  const opened = ({ name, rows }: Sheet, isNamed = true): OpenSheet => ({
    name,
    isNamed,
    read: async () => ({ name, rows }),
  });

  it("of mailboxes may be left out, but not both", async () => {
    const publicOnly = opened(sheetOf("公共邮箱名单", [["公共邮箱地址"], ["info@yunfan.example"]]));
    expect(await readMailboxLists(await findSheets([publicOnly], "f"), "f")).toMatchObject({
      members: { rows: [] },
      publicMailboxes: { rows: [{ number: 2 }] },
    });
    await expect(readMailboxLists({}, "f")).rejects.toMatchObject({
      name: "SheetMissing",
      evidence: { file: "f", sheet: "成员邮箱名单" },
    });
  });

  it.each([
    ["members", ["原邮箱地址*", "企业微信成员账号*", "原邮箱密码", "姓名", "所在部门"]],
    ["members", ["Email", "Account", "Password", "Name", "Department"]],
    ["publicMailboxes", ["公共邮箱地址*", "原邮箱密码", "使用成员", "名称"]],
    ["publicMailboxes", ["Shared mailbox", "Members", "Name"]],
    ["directory", ["企业邮箱", "账号", "姓名", "部门", "手机"]],
    [null, ["Item", "Price"]],
  ])("without a telling name is %s by its headers", async (kind, headers) => {
    const found = await findSheets([opened(sheetOf("Sheet1", [["2026"], headers]), false)], "f");
    expect(Object.keys(found)).toEqual(kind === null ? [] : [kind]);
  });

  it("without a telling name is not looked into where a list is called as it should be", async () => {
    const named = opened(sheetOf("成员邮箱名单", [["原邮箱地址", "账号"]]));
    const copy = opened(sheetOf("旧名单", [["原邮箱地址", "账号"]]));
    expect((await findSheets([copy, named], "f")).members?.name).toBe("成员邮箱名单");
    await expect(findSheets([copy, { ...copy, name: "Sheet2" }], "f")).rejects.toMatchObject({
      name: "SheetRepeated",
      evidence: { sheet: "旧名单", other: "Sheet2" },
    });
  });
});
