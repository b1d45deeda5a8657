import { describe, expect, it } from "vitest";
import { accountsTemplate } from "../../../shared/accounts/accounts-template.ts";
import { Member } from "../../../shared/accounts/directory.ts";
import type { CellContent, SheetContent } from "../../../shared/ports/workbook-writer.ts";

const members = (...people: readonly object[]) =>
  people.map((person, index) =>
    Member.parse({ userid: `m${index + 1}`, name: `成员${index + 1}`, ...person }),
  );

const template = (people: readonly Member[] | null, asksTargetPassword = false) =>
  accountsTemplate({ domain: "yunfan.example", members: people, asksTargetPassword });

const rowsOf = async (sheet: SheetContent | undefined): Promise<(readonly CellContent[])[]> => {
  const rows: (readonly CellContent[])[] = [];
  for await (const row of sheet?.rows ?? []) rows.push(row);
  return rows;
};

const headers = (sheets: readonly SheetContent[]) =>
  sheets.map(({ name, columns }) => [name, columns.map(({ header }) => header)]);

describe("the accounts template", () => {
  it("has the three sheets with their columns, required ones with an asterisk", () => {
    expect(headers(template([]))).toEqual([
      ["成员邮箱名单", ["原邮箱地址*", "企业微信成员账号*", "原邮箱密码", "姓名", "所在部门"]],
      ["公共邮箱名单", ["公共邮箱地址*", "原邮箱密码", "使用成员", "名称"]],
      ["【参考】企业微信通讯录", ["企业邮箱", "账号", "姓名", "部门", "手机"]],
    ]);
  });

  it("asks for the new mailboxes' passwords where each has one of its own", () => {
    expect(headers(template([], true)).map(([_name, names]) => names?.at(-1))).toEqual([
      "新邮箱密码",
      "新邮箱密码",
      "手机",
    ]);
  });

  it("holds every member, with the address where the directory knows one of this domain", async () => {
    const sheets = template(
      members(
        { email: "A@yunfan.example", departments: ["总部", "研发部"], mobile: "13800000000" },
        { email: "b@other.example", mobile: "+8613800000001" },
        {},
      ),
    );
    expect(await rowsOf(sheets[0])).toEqual([
      ["a@yunfan.example", "m1", "", "成员1", "总部; 研发部"],
      ["", "m2", "", "成员2", ""],
      ["", "m3", "", "成员3", ""],
    ]);
    expect(await rowsOf(sheets[1])).toEqual([]);
    expect(await rowsOf(sheets[2])).toEqual([
      ["A@yunfan.example", "m1", "成员1", "总部; 研发部", "13800000000"],
      ["b@other.example", "m2", "成员2", "", "008613800000001"],
      ["", "m3", "成员3", "", ""],
    ]);
  });

  it("gives an address that two members claim to neither of them", async () => {
    const sheets = template(members({ email: "a@yunfan.example" }, { email: "A@Yunfan.example" }));
    expect((await rowsOf(sheets[0])).map(([address]) => address)).toEqual(["", ""]);
  });

  it("offers the accounts of the reference sheet, which cannot be changed", () => {
    const [list, , reference] = template(members({}, {}));
    expect(list?.columns[1]?.choices).toMatchObject({ sheet: reference?.name, column: 1, rows: 2 });
    expect(reference?.columns[1]?.header).toBe("账号");
    expect(reference?.isProtected).toBe(true);
  });

  it("leaves the third sheet to the admin where nobody else knows the members", async () => {
    const [list, , reference] = template(null);
    expect(reference?.isProtected).toBeUndefined();
    expect(reference?.columns[1]).toMatchObject({ header: "账号*", isRequired: true });
    expect(list?.columns[1]?.choices?.rows).toBeGreaterThan(1_000);
    expect([await rowsOf(list), await rowsOf(reference)]).toEqual([[], []]);
  });

  it("tells in Chinese and English how each sheet is filled in", () => {
    for (const { instructions = [] } of template([])) {
      expect(instructions.some((line) => /\p{Script=Han}{5}/u.test(line))).toBe(true);
      expect(instructions.some((line) => /^[\x20-\x7e]{20,}$/.test(line))).toBe(true);
    }
  });
});
