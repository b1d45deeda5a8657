import type { MemberId } from "../contract/ids.ts";
import type { PublicColumn } from "../spreadsheet/accounts-workbook.ts";
import { identifierCell } from "../spreadsheet/fold.ts";
import type { Table, TableRow } from "../spreadsheet/table.ts";
import type { CheckedRow, RowContext } from "./check-member-row.ts";
import type { Directory } from "./directory.ts";
import type { PlannedPublic } from "./planned-account.ts";
import { fillIn, RowCheck } from "./row-check.ts";
import { unknownMember } from "./unknown-member.ts";

/** Judges one row of 「公共邮箱名单」. Whether its users have mailboxes is seen once all members' rows are judged. */
export const checkPublicRow = (
  table: Table<PublicColumn>,
  row: TableRow<PublicColumn>,
  { domain, directory }: RowContext,
): CheckedRow<PlannedPublic> => {
  const check = new RowCheck(table, row);
  const address = check.sourceAddress("address", domain);
  const target = check.address("targetAddress");
  const name = check.prose("name", 256);
  const users = usersOf(check, row.text("users"), directory);
  const passwords = {
    source: check.password("sourcePassword"),
    target: check.password("targetPassword"),
  };
  const account: PlannedPublic | null =
    address === null || check.errors.length > 0
      ? null
      : {
          kind: "public",
          row: row.number,
          address,
          target: target ?? address,
          name,
          says: name === "" ? {} : { name },
          users,
          passwords,
        };
  return { row: row.number, address, account, errors: check.errors };
};

/** Account names separated by semicolons, commas (either width), 、, bars or line breaks. */
const usersOf = (check: RowCheck<PublicColumn>, cell: string, directory: Directory): readonly MemberId[] => {
  const text = identifierCell(cell);
  if (text === fillIn) {
    check.reject("users", "CellUnmended", {});
    return [];
  }
  const names = new Set(
    text
      .split(/[;,、|\r\n]+/u)
      .map((name) => name.trim())
      .filter((name) => name !== ""),
  );
  if (names.size > usersAtMost) {
    check.reject("users", "UsersTooMany", { limit: usersAtMost });
    return [];
  }
  const users = new Map<string, MemberId>();
  let unknown = 0;
  for (const name of names) {
    const member = directory.find(name);
    if (member !== null) users.set(member.userid, member.userid);
    else {
      check.reject("users", "MemberUnknown", unknownMember(name));
      unknown += 1;
      if (unknown === unknownTold) break;
    }
  }
  return [...users.values()];
};

const usersAtMost = 1_000;
/** One text can stand in every row of a workbook; with a reason for each of its names the rows would fill all memory. */
const unknownTold = 10;
