import type { MemberColumn } from "../spreadsheet/accounts-workbook.ts";
import { identifierCell, proseCell, trimmedCell } from "../spreadsheet/fold.ts";
import type { TableRow } from "../spreadsheet/table.ts";
import type { Directory } from "./directory.ts";

/**
 * Whether a row of 「成员邮箱名单」 says nothing but what the template had put there: the member's account and name, without any
 * mailbox. Such a member has no old mailbox; that is no error, and allocation decides about them. The department may have
 * become another one since.
 */
export const isUntouched = (row: TableRow<MemberColumn>, directory: Directory): boolean => {
  if (mailboxColumns.some((column) => trimmedCell(row.text(column)) !== "")) return false;
  const member = directory.find(identifierCell(row.text("memberId")));
  return member !== null && proseCell(row.text("name")) === proseCell(member.name);
};

const mailboxColumns = ["address", "sourcePassword", "targetAddress", "targetPassword"] as const;
