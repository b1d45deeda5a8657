import { describe, expect, it } from "vitest";
import { parseDirectoryFile } from "../../../shared/accounts/directory.ts";
import { directoryFromSheet } from "../../../shared/accounts/sheet-directory.ts";
import { directoryColumns } from "../../../shared/spreadsheet/columns.ts";
import { readTable } from "../../../shared/spreadsheet/table.ts";
import { directoryHeaders, sheetOf } from "../../support/accounts-rows.ts";

describe("the directory file", () => {
  it("is an array of members, found whatever their letter case, with more said of them than is read", () => {
    const text =
      '\ufeff[{"userid":"ZhangSan","name":"张三","departments":["总部",7],"avatar":"x"},{"userid":"li","name":"李"}]';
    const directory = parseDirectoryFile(text, "members.json");
    expect(directory.find("zhangsan")).toEqual({
      userid: "ZhangSan",
      name: "张三",
      departments: ["总部", "7"],
    });
    expect(directory.find("LI")).toEqual({ userid: "li", name: "李", departments: [] });
    expect(directory.find("nobody")).toBeNull();
  });

  it.each([
    ["no JSON", "{", "it is not JSON"],
    ["no array", "{}", "expected array"],
    ["a member without a name", '[{"userid":"a"}]', "0.name"],
    [
      "an account name twice",
      '[{"userid":"a","name":"x"},{"userid":"A","name":"y"}]',
      "A stands in it twice",
    ],
  ])("that is %s is refused with the reason", (_what, text, reason) => {
    expect(() => parseDirectoryFile(text, "members.json")).toThrow(
      expect.objectContaining({
        name: "DirectoryUnreadable",
        evidence: { path: "members.json", reason: expect.stringContaining(reason) },
      }),
    );
  });
});

describe("the directory sheet", () => {
  const fromRows = (...rows: readonly string[][]) =>
    directoryFromSheet(readTable(sheetOf("通讯录", [directoryHeaders, ...rows]), directoryColumns, "f"));

  it("is kept in a form that is read again, however much a row says", () => {
    const endless = Array.from({ length: 5_000 }, (_item, index) => `部门${index}`).join("；");
    const { members } = fromRows(["a@yunfan.example", "zhang", "张".repeat(9_999), endless, "1".repeat(999)]);
    expect(parseDirectoryFile(JSON.stringify(members), "members.json").members).toEqual(members);
  });

  it("gives its members with all that it says of them", () => {
    const { members } = fromRows(
      ["a@yunfan.example", "zhang", "张三", "总部/研发; 平台组", "13800138000"],
      ["", "li"],
    );
    expect(members).toEqual([
      {
        userid: "zhang",
        name: "张三",
        departments: ["总部/研发", "平台组"],
        email: "a@yunfan.example",
        mobile: "13800138000",
      },
      { userid: "li", name: "", departments: [] },
    ]);
  });

  it("passes over rows without an account name and takes the first of two rows for one", () => {
    const { members } = fromRows(["", "", "合计"], ["", "a", "first"], ["", "A", "second"]);
    expect(members.map(({ name }) => name)).toEqual(["first"]);
  });
});
