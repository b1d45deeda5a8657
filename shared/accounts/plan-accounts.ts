import type { MailAddress, MemberId } from "../contract/ids.ts";
import type { AccountsWorkbook } from "../spreadsheet/accounts-workbook.ts";
import { type CellProblem, cellProblem, type RowError } from "../spreadsheet/row-errors.ts";
import type { TableRow } from "../spreadsheet/table.ts";
import { parseAddress } from "./address.ts";
import { type CheckedRow, checkMemberRow, type RowContext } from "./check-member-row.ts";
import { checkPublicRow } from "./check-public-row.ts";
import { type ClaimProblem, Claims, type SharedColumn } from "./claims.ts";
import { differenceFromEarlier } from "./earlier-import.ts";
import type { KnownAccount } from "./known-accounts.ts";
import type { PlannedAccount } from "./planned-account.ts";
import { errorAt } from "./row-check.ts";
import { isUntouched } from "./untouched-row.ts";

/** What an import will do, before anything is done. */
export interface AccountsPlan {
  /** The good rows whose address has no account yet. */
  readonly fresh: readonly PlannedAccount[];
  /** The good rows that say what was imported before. */
  readonly repeated: readonly PlannedAccount[];
  /** Rows that cannot be used, and everything that is wrong with them. */
  readonly rejected: number;
  /** Rows that are as the template had them: members without an old mailbox. */
  readonly untouched: number;
  readonly errors: readonly RowError[];
}

/**
 * Decides every row of the workbook: all or nothing for each row, and a bad row never stands in the way of a good one.
 * `known` are the accounts imported before, `given` the addresses of members who had none when the switch was verified.
 */
export const planAccounts = (
  { members, publicMailboxes }: AccountsWorkbook,
  known: ReadonlyMap<MailAddress, KnownAccount>,
  context: RowContext,
  given: ReadonlyMap<MailAddress, MemberId> = new Map(),
): AccountsPlan => {
  const touched = members.rows.filter((row) => !isUntouched(row, context.directory));
  const memberSheet = {
    name: members.sheet,
    header: (column: SharedColumn) => members.header(column === "owner" ? "memberId" : column),
    firstRows: firstRows(touched),
  };
  const publicSheet = {
    name: publicMailboxes.sheet,
    header: (column: SharedColumn) => publicMailboxes.header(column === "owner" ? "users" : column),
    firstRows: firstRows(publicMailboxes.rows),
  };
  const untouched = members.rows.length - touched.length;
  const plan: GrowingPlan = { fresh: [], repeated: [], rejected: 0, untouched, errors: [] };
  const claims = new Claims(known.values(), given);
  for (const row of touched)
    judge(plan, checkMemberRow(members, row, context), {
      sheet: memberSheet,
      other: publicSheet,
      known,
      claims,
    });
  for (const row of publicMailboxes.rows)
    judge(plan, checkPublicRow(publicMailboxes, row, context), {
      sheet: publicSheet,
      other: memberSheet,
      known,
      claims,
    });
  return plan;
};

interface GrowingPlan {
  readonly fresh: PlannedAccount[];
  readonly repeated: PlannedAccount[];
  rejected: number;
  readonly untouched: number;
  readonly errors: RowError[];
}

interface JudgedSheet {
  readonly name: string;
  readonly header: (column: SharedColumn) => string;
  readonly firstRows: ReadonlyMap<MailAddress, number>;
}

interface Surroundings {
  readonly sheet: JudgedSheet;
  /** The other list of mailboxes. */
  readonly other: JudgedSheet;
  readonly known: ReadonlyMap<MailAddress, KnownAccount>;
  readonly claims: Claims;
}

/** Row after row, so that what was found out about one is gone before the next. */
const judge = (
  plan: GrowingPlan,
  { row, address, account, errors: ownErrors }: CheckedRow<PlannedAccount>,
  around: Surroundings,
): void => {
  const at = (column: SharedColumn, problem: CellProblem) =>
    errorAt(around.sheet.name, row, around.sheet.header(column), problem);
  const errors = [
    ...ownErrors,
    ...(address === null
      ? []
      : addressProblems(address, row, around).map((problem) => at("address", problem))),
  ];
  if (account !== null && errors.length === 0)
    errors.push(...problemsWithOthers(account, around).map(({ column, problem }) => at(column, problem)));
  if (account === null || errors.length > 0) {
    plan.rejected += 1;
    plan.errors.push(...errors);
  } else {
    (around.known.has(account.address) ? plan.repeated : plan.fresh).push(account);
  }
};

/** The same address twice in the file. In both lists at once neither row is believed, because each makes it something else. */
const addressProblems = (
  address: MailAddress,
  row: number,
  { sheet, other }: Surroundings,
): readonly CellProblem[] => {
  const problems: CellProblem[] = [];
  const firstRow = sheet.firstRows.get(address) ?? row;
  if (firstRow !== row) problems.push(cellProblem("AddressRepeated", { address, firstRow }));
  const otherRow = other.firstRows.get(address);
  if (otherRow !== undefined)
    problems.push(cellProblem("AddressInBothSheets", { address, other: other.name, otherRow }));
  return problems;
};

const problemsWithOthers = (
  account: PlannedAccount,
  { sheet, known, claims }: Surroundings,
): readonly ClaimProblem[] => {
  const earlier = known.get(account.address);
  const difference = earlier === undefined ? null : differenceFromEarlier(account, earlier, sheet.header);
  return difference === null ? claims.admit(account) : [difference];
};

/** The first row of each address, bad rows included, because a second row must not slip in under them. */
const firstRows = <Column extends string>(
  rows: readonly TableRow<Column | "address">[],
): ReadonlyMap<MailAddress, number> => {
  const first = new Map<MailAddress, number>();
  for (const row of rows) {
    const address = parseAddress(row.text("address"));
    if (address !== null && !first.has(address)) first.set(address, row.number);
  }
  return first;
};
