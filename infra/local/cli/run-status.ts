import type { RunDocument } from "../../../shared/report/report-document.ts";
import { isBalanced } from "../../../shared/report/report-line.ts";
import { type ExitStatus, exitStatus } from "./exit-status.ts";

/**
 * With which status a run ends that came to its end: 0 only when every account is completed, every message of the source is copied or
 * was there already, and every row of the sheet was usable. Scripts believe it. Through phase 2 nothing is copied yet, and an account
 * that waits for history is no loss.
 */
export const runStatus = (
  { accounts, messages, phase }: Pick<RunDocument, "accounts" | "messages" | "phase">,
  unusableRows: number,
): ExitStatus => {
  const isWhole =
    phase === "accounts" ||
    (accounts.completed === accounts.total && messages.refused === 0 && isBalanced({ messages }));
  return isWhole && unusableRows === 0 ? exitStatus.done : exitStatus.doneWithLosses;
};
