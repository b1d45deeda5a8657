import { describe, expect, it } from "vitest";
import { directoryOf, Member } from "../../../shared/accounts/directory.ts";
import { isUntouched } from "../../../shared/accounts/untouched-row.ts";
import { memberColumns } from "../../../shared/spreadsheet/columns.ts";
import { readTable } from "../../../shared/spreadsheet/table.ts";
import { memberHeaders, sheetOf } from "../../support/accounts-rows.ts";

const directory = directoryOf(
  [
    { userid: "m1", name: "张三", departments: ["研发部"] },
    { userid: "m2", name: "=张四" },
  ].map((member) => Member.parse(member)),
);

const untouched = (...cells: readonly string[]): boolean => {
  const sheet = sheetOf("成员邮箱名单", [[...memberHeaders, "新邮箱地址", "新邮箱密码"], cells]);
  const [row] = readTable(sheet, memberColumns, "accounts.xlsx").rows;
  if (row === undefined) throw new Error("the row was not read");
  return isUntouched(row, directory);
};

describe("a row of the template that nobody filled in", () => {
  it.each([
    ["as it was", ["", "m1", "", "张三", "研发部"]],
    ["with the account in another letter case", ["", "M1", "", "张三", ""]],
    ["with blanks in empty cells", [" ", "m1", "\u200b", "张三", "研发部"]],
    ["of a department that has changed since", ["", "m1", "", "张三", "销售部"]],
    ["with a name that was defused", ["", "m2", "", "'=张四", ""]],
  ])("is known %s", (_what, cells) => {
    expect(untouched(...cells)).toBe(true);
  });

  it.each([
    ["has an address", ["a@yunfan.example", "m1", "", "张三", "研发部"]],
    ["has a password", ["", "m1", "pw", "张三", "研发部"]],
    ["keeps a password", ["", "m1", "已存在密码", "张三", "研发部"]],
    ["has a new address", ["", "m1", "", "张三", "研发部", "b@new.example"]],
    ["has a new password", ["", "m1", "", "张三", "研发部", "", "pw"]],
    ["names somebody else", ["", "m1", "", "李四", "研发部"]],
    ["names a member nobody knows", ["", "m9", "", "张三", ""]],
    ["names no member", ["", "", "", "张三", ""]],
  ])("is not one that %s", (_what, cells) => {
    expect(untouched(...cells)).toBe(false);
  });
});
