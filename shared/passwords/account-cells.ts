import type { Account } from "../contract/account.ts";

/** What the sheet of passwords says of an account, beside its address. */
export interface AccountCells {
  /** The member; of a public mailbox its users. */
  readonly memberId: string;
  readonly name: string;
  readonly department: string;
}

/** The cells of an account's row that are not to be changed. */
export const accountCells = (account: Account): AccountCells =>
  account.kind === "member"
    ? { memberId: account.memberId, name: account.name, department: account.department }
    : { memberId: account.users.join("; "), name: account.name, department: "" };
