import type { MailAddress, MemberId } from "../contract/ids.ts";
import { type CellProblem, cellProblem } from "../spreadsheet/row-errors.ts";
import { sameMember } from "./directory.ts";
import type { KnownAccount } from "./known-accounts.ts";
import type { PlannedAccount } from "./planned-account.ts";

/** The columns in which rows can be at odds; `owner` is the member of a mailbox or the users of a public one. */
export type SharedColumn = "address" | "targetAddress" | "owner";

/** A problem between rows, at the column it is seen in. */
export interface ClaimProblem {
  readonly column: SharedColumn;
  readonly problem: CellProblem;
}

/**
 * Who has which target and which member: the accounts imported before and the good rows so far. Every row is asked for
 * before it is let in, so the first of two rows at odds is the one that stays.
 */
export class Claims {
  readonly #targets = new Map<MailAddress, MailAddress>();
  readonly #members = new Map<string, MailAddress>();
  readonly #given: ReadonlyMap<MailAddress, MemberId>;

  /** `given` are the addresses of members who had no account when the switch was verified. */
  constructor(known: Iterable<KnownAccount>, given: ReadonlyMap<MailAddress, MemberId>) {
    this.#given = given;
    for (const { address, target, memberId } of known) {
      this.#targets.set(target, address);
      if (memberId !== null) this.#members.set(sameMember(memberId), address);
    }
  }

  /** What stands against a row; when nothing does, the row now has its claims. */
  admit(account: PlannedAccount): readonly ClaimProblem[] {
    const problems = [...this.#targetProblems(account), ...this.#memberProblems(account)];
    if (problems.length > 0) return problems;
    this.#targets.set(account.target, account.address);
    if (account.kind === "member") this.#members.set(sameMember(account.memberId), account.address);
    return [];
  }

  #targetProblems(account: PlannedAccount): readonly ClaimProblem[] {
    const { address, target } = account;
    const member = this.#given.get(target);
    const isTheirs = account.kind === "member" && sameMember(account.memberId) === sameMember(member ?? "");
    if (member !== undefined && !isTheirs)
      return [{ column: "targetAddress", problem: cellProblem("TargetGiven", { target, member }) }];
    const owner = this.#targets.get(target);
    if (owner === undefined || owner === address) return [];
    return [{ column: "targetAddress", problem: cellProblem("TargetRepeated", { target, address: owner }) }];
  }

  #memberProblems(account: PlannedAccount): readonly ClaimProblem[] {
    if (account.kind === "public") {
      const { users } = account;
      if (users.length === 0 || users.some((user) => this.#members.has(sameMember(user)))) return [];
      const problem = cellProblem("UsersWithoutMailbox", { members: users.join(", ") });
      return [{ column: "owner", problem }];
    }
    const owner = this.#members.get(sameMember(account.memberId));
    if (owner === undefined || owner === account.address) return [];
    const problem = cellProblem("MemberRepeated", { member: account.memberId, address: owner });
    return [{ column: "owner", problem }];
  }
}
