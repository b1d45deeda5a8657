import type { MailAddress } from "../contract/ids.ts";
import type { MemberColumn } from "../spreadsheet/accounts-workbook.ts";
import type { RowError } from "../spreadsheet/row-errors.ts";
import type { Table, TableRow } from "../spreadsheet/table.ts";
import { type Directory, departmentText } from "./directory.ts";
import type { PlannedAccount, PlannedMember } from "./planned-account.ts";
import { RowCheck } from "./row-check.ts";
import { unknownMember } from "./unknown-member.ts";

/** What rows are judged by. */
export interface RowContext {
  readonly domain: string;
  readonly directory: Directory;
}

/** A row looked at by itself: the account it describes, or what is wrong with it. */
export interface CheckedRow<Account extends PlannedAccount> {
  readonly row: number;
  /** Known even of a row that is wrong elsewhere, because a second row must not slip in under it. */
  readonly address: MailAddress | null;
  readonly account: Account | null;
  readonly errors: readonly RowError[];
}

/** Judges one row of 「成员邮箱名单」. Name and department come from the directory where the row leaves them out. */
export const checkMemberRow = (
  table: Table<MemberColumn>,
  row: TableRow<MemberColumn>,
  { domain, directory }: RowContext,
): CheckedRow<PlannedMember> => {
  const check = new RowCheck(table, row);
  const address = check.sourceAddress("address", domain);
  const member = memberOf(check, directory);
  const target = check.address("targetAddress");
  const name = check.prose("name", 256);
  const department = check.prose("department", 512);
  const passwords = {
    source: check.password("sourcePassword"),
    target: check.password("targetPassword"),
  };
  const account: PlannedMember | null =
    address === null || member === null || check.errors.length > 0
      ? null
      : {
          kind: "member",
          row: row.number,
          address,
          target: target ?? address,
          name: name === "" ? member.name : name,
          department: department === "" ? departmentText(member) : department,
          says: { ...(name === "" ? {} : { name }), ...(department === "" ? {} : { department }) },
          memberId: member.userid,
          passwords,
        };
  return { row: row.number, address, account, errors: check.errors };
};

const memberOf = (check: RowCheck<MemberColumn>, directory: Directory) => {
  const before = check.errors.length;
  const memberId = check.identifier("memberId", 64);
  if (memberId === "") {
    if (check.errors.length === before) check.require("memberId");
    return null;
  }
  const member = directory.find(memberId);
  if (member === null) check.reject("memberId", "MemberUnknown", unknownMember(memberId));
  return member;
};
