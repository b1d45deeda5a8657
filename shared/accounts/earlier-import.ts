import { cellProblem } from "../spreadsheet/row-errors.ts";
import type { ClaimProblem, SharedColumn } from "./claims.ts";
import { sameMember } from "./directory.ts";
import { type KnownAccount, usersKey } from "./known-accounts.ts";
import type { PlannedAccount } from "./planned-account.ts";

/**
 * What a row says otherwise than the account its address already has, named in the file's own headers and told at the first cell that
 * differs; null when nothing.
 */
export const differenceFromEarlier = (
  planned: PlannedAccount,
  known: KnownAccount,
  header: (column: SharedColumn) => string,
): ClaimProblem | null => {
  const differing: SharedColumn[] = [];
  // Names and departments may change without making it another account; where its mail goes and whose it is may not.
  if (ownerOf(planned) !== (known.memberId === null ? known.users : sameMember(known.memberId)))
    differing.push("owner");
  if (planned.target !== known.target) differing.push("targetAddress");
  if ((known.memberId !== null) !== (planned.kind === "member")) differing.splice(0, 2, "address");
  const [column] = differing;
  if (column === undefined) return null;
  const difference = differing.map(header).join(", ");
  return { column, problem: cellProblem("AlreadyImported", { address: planned.address, difference }) };
};

const ownerOf = (planned: PlannedAccount): string =>
  planned.kind === "member" ? sameMember(planned.memberId) : usersKey(planned.users);
