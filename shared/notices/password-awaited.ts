import type { Account } from "../contract/account.ts";
import { isPasswordWanted } from "../credentials/password-needed.ts";

/** Whether the old mailbox did not let us in with the password that is held. */
export const isSourceRefused = ({ state }: Account): boolean =>
  state.status === "notStarted" &&
  state.reason.kind === "loginRefused" &&
  state.reason.error.evidence.side === "source";

/**
 * Whether a mailbox stands still for want of its password, so that its member may be reminded. A pass that has just begun shows it as
 * under way until its turn comes to be found without one; whoever was asked before is awaited meanwhile.
 */
export const isPasswordAwaited = (account: Account): boolean => {
  const { state, notice, verifiedAt } = account;
  if (!isPasswordWanted(account)) return false;
  if (state.status === "copying") return notice !== undefined && verifiedAt === undefined;
  if (state.status !== "notStarted") return false;
  const { reason } = state;
  return (
    reason.kind === "memberAsked" ||
    (reason.kind === "passwordMissing" && reason.side === "source") ||
    isSourceRefused(account)
  );
};
