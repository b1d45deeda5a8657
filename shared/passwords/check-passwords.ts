import { RowCheck } from "../accounts/row-check.ts";
import type { Account } from "../contract/account.ts";
import type { MailAddress } from "../contract/ids.ts";
import { identifierCell, proseCell } from "../spreadsheet/fold.ts";
import type { RowError } from "../spreadsheet/row-errors.ts";
import type { Table, TableRow } from "../spreadsheet/table.ts";
import { type AccountCells, accountCells } from "./account-cells.ts";
import type { PasswordColumn } from "./password-columns.ts";

/** Of an account what a row of passwords is held against. */
export interface KnownAccount extends AccountCells {
  /** Whether it has not begun because nobody had given its password yet. */
  readonly lacksPassword: boolean;
}

/** What an account looks like to a row of passwords. */
export const knownAccount = (account: Account): KnownAccount => ({
  ...accountCells(account),
  lacksPassword: account.state.status === "notStarted" && lacksPassword(account.state.reason),
});

const lacksPassword = (reason: Extract<Account["state"], { status: "notStarted" }>["reason"]): boolean =>
  reason.kind === "memberAsked" || (reason.kind === "passwordMissing" && reason.side === "source");

/** A good row that gives a password. */
export interface GivenPassword {
  readonly address: MailAddress;
  readonly password: string;
}

/** The rows as they are to be used: all or nothing for each. */
export interface CheckedPasswords {
  readonly given: readonly GivenPassword[];
  /** Good rows that keep what is held. */
  readonly kept: number;
  readonly rejected: number;
  readonly errors: readonly RowError[];
}

/** Judges every row of 「导入原邮箱密码」 against the accounts on record. */
export const checkPasswords = (
  table: Table<PasswordColumn>,
  known: ReadonlyMap<MailAddress, KnownAccount>,
): CheckedPasswords => {
  const given: GivenPassword[] = [];
  const errors: RowError[] = [];
  const seen = new Map<MailAddress, number>();
  let kept = 0;
  let rejected = 0;
  for (const row of table.rows) {
    const checked = checkRow(table, row, known, seen);
    if ("errors" in checked) {
      rejected += 1;
      errors.push(...checked.errors);
    } else if (checked.password === null) kept += 1;
    else given.push({ address: checked.address, password: checked.password });
  }
  return { given, kept, rejected, errors };
};

type CheckedRow =
  | { readonly errors: readonly RowError[] }
  | { readonly address: MailAddress; readonly password: string | null };

const checkRow = (
  table: Table<PasswordColumn>,
  row: TableRow<PasswordColumn>,
  known: ReadonlyMap<MailAddress, KnownAccount>,
  seen: Map<MailAddress, number>,
): CheckedRow => {
  const check = new RowCheck(table, row);
  const address = check.address("address");
  const account = address === null ? undefined : known.get(address);
  if (address === null) {
    if (check.errors.length === 0) check.require("address");
  } else if (account === undefined) check.reject("address", "AccountUnknown", { address });
  else {
    const firstRow = seen.get(address);
    if (firstRow === undefined) seen.set(address, row.number);
    else check.reject("address", "AddressRepeated", { address, firstRow });
    refuseChanges(check, row, account);
  }
  if (row.isFormula("sourcePassword")) check.reject("sourcePassword", "PasswordIsFormula", {});
  const password = check.password("sourcePassword");
  return address === null || check.errors.length > 0 ? { errors: check.errors } : { address, password };
};

/** A column that the file does not have changes nothing. */
const refuseChanges = (
  check: RowCheck<PasswordColumn>,
  row: TableRow<PasswordColumn>,
  account: AccountCells,
): void => {
  for (const column of ["memberId", "name", "department"] as const) {
    if (row.has(column) && !says(row.text(column), account[column]))
      check.reject(column, "CellImmutable", { recorded: account[column] === "" ? "—" : account[column] });
  }
};

/** Whether a cell still says what is on record, were it written by us: what looks like a formula has an apostrophe before it. */
const says = (cell: string, recorded: string): boolean =>
  [recorded, `'${recorded}`].some((text) => folded(cell) === folded(text));

const folded = (text: string): string => identifierCell(proseCell(text)).toLowerCase();
