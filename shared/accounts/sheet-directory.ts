import { MemberId } from "../contract/ids.ts";
import type { DirectoryColumn } from "../spreadsheet/accounts-workbook.ts";
import { identifierCell, proseCell } from "../spreadsheet/fold.ts";
import type { Table } from "../spreadsheet/table.ts";
import { type Directory, directoryOf, type Member, sameMember } from "./directory.ts";

/**
 * The directory of the workbook's third sheet. It is there for reference, so a row without an account name (a heading, a
 * footer) is passed over, and the first of two rows for one account is the one that counts.
 */
export const directoryFromSheet = (table: Table<DirectoryColumn>): Directory => {
  const members = new Map<string, Member>();
  // A company has few departments and many members: those of one department share its words.
  const departments = new Map<string, string[]>();
  for (const row of table.rows) {
    const userid = MemberId.safeParse(identifierCell(row.text("memberId")));
    if (!userid.success || members.has(sameMember(userid.data))) continue;
    const email = identifierCell(row.text("email")).slice(0, 254);
    const mobile = identifierCell(row.text("mobile")).slice(0, 64);
    members.set(sameMember(userid.data), {
      userid: userid.data,
      name: proseCell(row.text("name")).slice(0, 256),
      departments: departmentsOf(row.text("departments"), departments),
      ...(email === "" ? {} : { email }),
      ...(mobile === "" ? {} : { mobile }),
    });
  }
  return directoryOf([...members.values()]);
};

/** As many as a member may have where the directory is read again. */
const departmentsAtMost = 100;

/** WeCom's export separates a member's departments by semicolons; a slash goes down the tree and belongs to the name. */
const departmentsOf = (cell: string, known: Map<string, string[]>): string[] => {
  const already = known.get(cell);
  if (already !== undefined) return already;
  const departments = proseCell(cell)
    .split(/[;；]/u)
    .map((name) => name.trim().slice(0, 256))
    .filter((name) => name !== "")
    .slice(0, departmentsAtMost);
  known.set(cell, departments);
  return departments;
};
