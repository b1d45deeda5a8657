import type { AccountsWorkbook } from "../../shared/spreadsheet/accounts-workbook.ts";
import { memberColumns, publicColumns } from "../../shared/spreadsheet/columns.ts";
import { readTable } from "../../shared/spreadsheet/table.ts";
import type { Sheet } from "../../shared/spreadsheet/workbook.ts";

export const memberHeaders = ["原邮箱地址*", "企业微信成员账号*", "原邮箱密码", "姓名", "所在部门"];
export const publicHeaders = ["公共邮箱地址*", "原邮箱密码", "使用成员", "名称"];
export const directoryHeaders = ["企业邮箱", "账号", "姓名", "部门", "手机"];

/** The directory sheet's rows for so many members, `m1` on. */
export const directoryRows = (count: number): string[][] => [
  directoryHeaders,
  ...Array.from({ length: count }, (_item, index) => [
    "",
    `m${index + 1}`,
    `成员${index + 1}`,
    "总部;研发部",
    "",
  ]),
];

/** A sheet of plain rows, the first of them row 1; rows without text are left out, as the reader does. */
export const sheetOf = (name: string, rows: readonly (readonly string[])[]): Sheet => ({
  name,
  rows: rows
    .map((cells, index) => ({ number: index + 1, cells }))
    .filter(({ cells }) => cells.some((cell) => cell !== "")),
});

/** The two lists of mailboxes from plain rows. */
export const listsOf = (
  members: readonly (readonly string[])[],
  publicMailboxes: readonly (readonly string[])[],
): AccountsWorkbook => ({
  members: readTable(sheetOf("成员邮箱名单", members), memberColumns, "accounts.xlsx"),
  publicMailboxes: readTable(sheetOf("公共邮箱名单", publicMailboxes), publicColumns, "accounts.xlsx"),
});
