import type { KnownAccount } from "../../shared/accounts/known-accounts.ts";
import { planAccounts } from "../../shared/accounts/plan-accounts.ts";
import { directoryFromSheet } from "../../shared/accounts/sheet-directory.ts";
import { MailAddress, Timestamp } from "../../shared/contract/ids.ts";
import { directoryColumns } from "../../shared/spreadsheet/columns.ts";
import { readTable } from "../../shared/spreadsheet/table.ts";
import { directoryRows, listsOf, memberHeaders, publicHeaders, sheetOf } from "./accounts-rows.ts";

const domain = "yunfan.example";
const at = Timestamp.parse("2026-11-22T08:00:00.000Z");

/** What the rows of an accounts workbook come to; its directory has the members m1 to m9. */
export const plan = (
  members: readonly (readonly string[])[],
  publicMailboxes: readonly (readonly string[])[] = [],
  known: readonly KnownAccount[] = [],
  headers: { readonly members?: readonly string[]; readonly public?: readonly string[] } = {},
) => {
  const workbook = listsOf(
    [headers.members ?? memberHeaders, ...members],
    [headers.public ?? publicHeaders, ...publicMailboxes],
  );
  const directory = readTable(
    sheetOf("【参考】企业微信通讯录", directoryRows(9)),
    directoryColumns,
    "accounts.xlsx",
  );
  return planAccounts(workbook, new Map(known.map((account) => [account.address, account])), {
    domain,
    directory: directoryFromSheet(directory),
  });
};

export const address = (text: string) => MailAddress.parse(text);
/** An account of an earlier import, with what differs. */
export const known = (differing: Partial<KnownAccount> = {}): KnownAccount => ({
  address: address("a@yunfan.example"),
  target: address("a@yunfan.example"),
  importedAt: at,
  amendedAt: null,
  name: "",
  department: "",
  isWaiting: false,
  memberId: "m1",
  users: null,
  ...differing,
});
/** Where errors stand and which they are. */
export const places = (errors: ReturnType<typeof plan>["errors"]) =>
  errors.map(({ sheet, row, column, name }) => [sheet, row, column, name]);
export const memberSheet = "成员邮箱名单";
export const publicSheet = "公共邮箱名单";
