import { sumOfVerifications } from "../contract/verification.ts";
import type { AccountStatus, ReportDocument } from "./report-document.ts";

type Line = Pick<ReportDocument["perAccount"][number], "status" | "messages" | "bytes" | "verification">;

/** The sums over all lines: accounts by status, messages and bytes by what became of them. */
export const reportTotals = (
  lines: readonly Line[],
): Pick<ReportDocument, "accounts" | "messages" | "bytes" | "verification"> => {
  const having = (status: AccountStatus) => lines.filter((line) => line.status === status).length;
  const sum = (pick: (line: Line) => number) => lines.reduce((total, line) => total + pick(line), 0);
  return {
    accounts: {
      total: lines.length,
      completed: having("completed"),
      failed: having("failed"),
      notStarted: having("notStarted"),
      copying: having("copying"),
    },
    messages: {
      source: sum(({ messages }) => messages.source),
      copied: sum(({ messages }) => messages.copied),
      alreadyThere: sum(({ messages }) => messages.alreadyThere),
      refused: sum(({ messages }) => messages.refused),
    },
    bytes: { source: sum(({ bytes }) => bytes.source), copied: sum(({ bytes }) => bytes.copied) },
    ...sumOfVerifications(lines.flatMap(({ verification }) => verification ?? [])),
  };
};
