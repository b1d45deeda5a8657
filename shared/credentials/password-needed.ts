import type { Account } from "../contract/account.ts";
import type { Migration } from "../contract/migration.ts";

/** Whether a password typed in by a person would be used at all: mailboxes are entered one by one, and there is still something to copy. */
export const takesPasswords = ({ phase, settings }: Migration): boolean =>
  phase !== "closed" && settings.source.auth.kind === "password";

/**
 * Whether the password of the old mailbox is still wanted: nobody has been let in with one yet, or it was refused since. What the
 * target wants is another matter.
 */
export const isPasswordWanted = ({ state, verifiedAt }: Account): boolean => {
  if (verifiedAt === undefined) return state.status !== "completed";
  if (state.status !== "notStarted") return false;
  const { reason } = state;
  if (reason.kind === "passwordMissing") return reason.side === "source";
  if (reason.kind === "loginRefused") return reason.error.evidence.side !== "target";
  return reason.kind !== "historyNotBegun" && reason.kind !== "awaitingUser";
};
