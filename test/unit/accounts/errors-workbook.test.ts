import { describe, expect, it } from "vitest";
import { directoryOf, Member } from "../../../shared/accounts/directory.ts";
import { errorsWorkbook } from "../../../shared/accounts/errors-workbook.ts";
import { planAccounts } from "../../../shared/accounts/plan-accounts.ts";
import { fillIn } from "../../../shared/accounts/row-check.ts";
import type { CellContent, SheetContent } from "../../../shared/ports/workbook-writer.ts";
import { memberColumns, publicColumns } from "../../../shared/spreadsheet/columns.ts";
import { readTable } from "../../../shared/spreadsheet/table.ts";
import { memberHeaders, publicHeaders, sheetOf } from "../../support/accounts-rows.ts";

const directory = directoryOf(
  ["m1", "m2", "m3"].map((userid) => Member.parse({ userid, name: `成员${userid}` })),
);

/** The errors workbook of these rows, after the header rows, by sheet. */
const errorsOf = async (
  memberRows: readonly (readonly string[])[],
  publicRows: readonly (readonly string[])[] = [],
  headers: readonly string[] = memberHeaders,
) => {
  const workbook = {
    members: readTable(sheetOf("Members", [headers, ...memberRows]), memberColumns, "f"),
    publicMailboxes: readTable(sheetOf("公共邮箱名单", [publicHeaders, ...publicRows]), publicColumns, "f"),
  };
  const context = { domain: "yunfan.example", directory };
  const { errors } = planAccounts(workbook, new Map(), context);
  const sheets = errorsWorkbook({ workbook, ...context, isDirectoryTheirs: false, errors });
  return { sheets, members: await rowsOf(sheets[0]), publicMailboxes: await rowsOf(sheets[1]) };
};

const rowsOf = async (sheet: SheetContent | undefined): Promise<(readonly CellContent[])[]> => {
  const rows: (readonly CellContent[])[] = [];
  for await (const row of sheet?.rows ?? []) rows.push(row);
  return rows;
};

const wrong = (text: string, reason: RegExp) => ({
  text,
  mark: "wrong",
  note: expect.stringMatching(reason),
});
const again = { text: "", mark: "added", note: expect.stringMatching(/重新填写[\s\S]*type it again/) };

describe("the workbook of rows that could not be imported", () => {
  it("holds just those rows, the cell at fault marked in both languages, and where each stood", async () => {
    const { sheets, members } = await errorsOf([
      ["a@yunfan.example", "m1", "", "张三"],
      ["b@other.example", "m2", "", "李四", "研发部"],
    ]);
    expect(members).toEqual([
      [
        wrong("b@other.example", /不属于 yunfan\.example[\s\S]*does not belong to yunfan\.example/),
        "m2",
        "",
        "李四",
        "研发部",
        "3",
        expect.stringMatching(/^原邮箱地址：.*不属于.*does not belong/),
      ],
    ]);
    expect(sheets.map(({ name }) => name)).toEqual([
      "成员邮箱名单",
      "公共邮箱名单",
      "【参考】企业微信通讯录",
    ]);
    expect(await rowsOf(sheets[2])).toHaveLength(3);
  });

  it("tells everything that is wrong with a row in one cell", async () => {
    const { members } = await errorsOf([["", "stranger", "pw"]]);
    expect(members[0]?.slice(0, 2)).toEqual([
      wrong(fillIn, /为空/),
      wrong("stranger", /没有成员账号 stranger/),
    ]);
    expect(members[0]?.at(-1)).toMatch(/原邮箱地址：.+ ｜ 企业微信成员账号：/);
  });

  it("leaves out what stands for an account name and cannot be one: it may be a password in the wrong column", async () => {
    const { members, publicMailboxes } = await errorsOf(
      [["a@yunfan.example", "Tr0ub4dor&3"]],
      [["info@yunfan.example", "", "m1, Tr0ub4dor&3"]],
    );
    expect(members[0]?.[1]).toEqual(wrong(fillIn, /没有成员账号 •••/));
    expect(publicMailboxes[0]?.[2]).toEqual(wrong(fillIn, /没有成员账号 •••/));
    expect(JSON.stringify([members, publicMailboxes])).not.toContain("Tr0ub4dor");
  });

  it("never holds a password: one that was given is to be typed again, one that is held stays", async () => {
    const { members, publicMailboxes } = await errorsOf(
      [
        ["a@other.example", "m1", "Secret-1"],
        ["b@other.example", "m2", "已存在密码"],
        ["c@other.example", "m3", ""],
        ["d@yunfan.example", "m1", `Secret-2${"x".repeat(2_000)}`],
      ],
      [["info@other.example", "Secret-3", "m1"]],
    );
    expect(members.map((row) => row[2])).toEqual([again, "已存在密码", "", wrong(fillIn, /超过 1024/)]);
    expect(publicMailboxes[0]?.[1]).toEqual(again);
    expect(JSON.stringify([members, publicMailboxes])).not.toContain("Secret");
  });

  it("shows an address that was misspelt, but not what may be a password in the wrong column", async () => {
    const { members } = await errorsOf([
      ["zhang san@yunfan.example", "m1"],
      ["Hunter2!", "m2"],
      ["P@ssword", "m3"],
    ]);
    expect(members.map((row) => row[0])).toEqual([
      wrong("zhang san@yunfan.example", /不是完整的邮箱地址/),
      wrong(fillIn, /不是完整的邮箱地址/),
      wrong(fillIn, /不是完整的邮箱地址/),
    ]);
  });

  it("has the optional columns only where the file made use of them", async () => {
    const headers = [...memberHeaders, "新邮箱地址", "新邮箱密码"];
    const bad = ["a@other.example", "m1", "", "", "", "x@new.example", "Secret"];
    const columnsOf = ({ sheets }: Awaited<ReturnType<typeof errorsOf>>) =>
      sheets[0]?.columns.map(({ header }) => header) ?? [];
    const used = await errorsOf([bad], [], headers);
    expect(columnsOf(used)).toContain("新邮箱地址");
    expect(used.members[0]?.slice(5, 7)).toEqual(["x@new.example", again]);
    expect(columnsOf(await errorsOf([bad.slice(0, 5)], [], headers))).not.toContain("新邮箱地址");
  });
});
