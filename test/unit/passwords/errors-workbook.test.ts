import { describe, expect, it } from "vitest";
import { fillIn } from "../../../shared/accounts/row-check.ts";
import type { MailAddress } from "../../../shared/contract/ids.ts";
import {
  checkPasswords,
  type KnownAccount,
  knownAccount,
} from "../../../shared/passwords/check-passwords.ts";
import { passwordErrorsWorkbook } from "../../../shared/passwords/errors-workbook.ts";
import { passwordColumns } from "../../../shared/passwords/password-columns.ts";
import type { CellContent } from "../../../shared/ports/workbook-writer.ts";
import { readTable } from "../../../shared/spreadsheet/table.ts";
import { sheetOf } from "../../support/accounts-rows.ts";
import { exampleAccount } from "../../support/migration-example.ts";

const known: ReadonlyMap<MailAddress, KnownAccount> = new Map(
  [1, 2].map((number) => [exampleAccount(number).address, knownAccount(exampleAccount(number))]),
);

const all = ["原邮箱地址", "企业微信成员账号", "姓名", "所在部门", "原邮箱密码"];

/** The errors workbook of these rows: its headers and rows. */
const errorsOf = async (rows: readonly (readonly string[])[], headers: readonly string[] = all) => {
  const table = readTable(sheetOf("导入原邮箱密码", [headers, ...rows]), passwordColumns, "f");
  const [sheet, ...others] = passwordErrorsWorkbook(table, checkPasswords(table, known).errors);
  expect(others).toEqual([]);
  const written: (readonly CellContent[])[] = [];
  for await (const row of sheet?.rows ?? []) written.push(row);
  return { name: sheet?.name, headers: sheet?.columns.map(({ header }) => header), rows: written };
};

const wrong = (text: string, reason: RegExp) => ({
  text,
  mark: "wrong",
  note: expect.stringMatching(reason),
});
const again = { text: "", mark: "added", note: expect.stringMatching(/重新填写[\s\S]*type it again/) };

describe("the workbook of passwords that could not be imported", () => {
  it("is a file of passwords with just those rows, the cell at fault marked in both languages", async () => {
    const { name, headers, rows } = await errorsOf([
      ["member1@yunfan.example", "member1", "成员1", "销售部", "Secret-1"],
      ["nobody@yunfan.example", "member2", "成员2", "销售部", "已存在密码"],
    ]);
    expect(name).toBe("导入原邮箱密码");
    expect(headers?.slice(0, 5)).toEqual(all);
    expect(rows).toEqual([
      [
        wrong("nobody@yunfan.example", /不在本次迁移的账号中[\s\S]*is not among this migration's accounts/),
        ...["member2", "成员2", "销售部", "已存在密码", "3"],
        expect.stringMatching(/^原邮箱地址：.*不在本次迁移.*not among/),
      ],
    ]);
  });

  it("never holds a password: not in its own cell, and not in another that was changed", async () => {
    const { rows } = await errorsOf([
      ["member1@yunfan.example", "member1", "Secret-1", "销售部", "Secret-2"],
      ["member2@yunfan.example", "Secret-3", "成员2", "Secret-4", ""],
      ["nobody@yunfan.example", "Secret&5", "成员3", "销售部", "Secret-6"],
      ["Secret-7", "member1", "成员1", "销售部", `Secret-8${"x".repeat(2_000)}`],
    ]);
    expect(rows.map((row) => row.slice(0, 5))).toEqual([
      ["member1@yunfan.example", "member1", wrong(fillIn, /系统中的内容为：成员1/), "销售部", again],
      ["member2@yunfan.example", wrong(fillIn, /member2/), "成员2", wrong(fillIn, /销售部/), ""],
      [wrong("nobody@yunfan.example", /不在/), "", "成员3", "销售部", again],
      [wrong(fillIn, /不是完整的邮箱地址/), "member1", "成员1", "销售部", wrong(fillIn, /超过 1024/)],
    ]);
    expect(JSON.stringify(rows)).not.toContain("Secret");
  });

  it("shows the users of a public mailbox as they stood there", async () => {
    const { rows } = await errorsOf([["info@yunfan.example", "member1; member2", "客服", "", ""]]);
    expect(rows[0]?.slice(1, 4)).toEqual(["member1; member2", "客服", ""]);
  });

  it("has no column that the file did not have: an empty cell there would be a change", async () => {
    const { headers, rows } = await errorsOf([["nobody@yunfan.example", "x"]], ["原邮箱地址", "密码"]);
    expect(headers?.slice(0, 2)).toEqual(["原邮箱地址", "原邮箱密码"]);
    expect(rows[0]?.slice(0, 3)).toEqual([wrong("nobody@yunfan.example", /不在/), again, "2"]);
  });
});
