import type { Account } from "../contract/account.ts";
import type { MailAddress } from "../contract/ids.ts";
import type { Cost } from "../cost/price.ts";
import type { ReportDocument, ReportLine, RunDocument } from "./report-document.ts";
import { reportTotals } from "./report-totals.ts";

/** What an account had when a run began. */
export interface Baseline {
  readonly copiedEver: number;
  readonly bytesCopied: number;
}

/** What accounts had when a run began; one that is not among them had nothing. */
export type Baselines = ReadonlyMap<MailAddress, Baseline>;

export const baselinesOf = (
  accounts: Iterable<Pick<Account, "address" | "copiedEver" | "totals">>,
): Baselines => {
  const baselines = new Map<MailAddress, Baseline>();
  for (const { address, copiedEver, totals } of accounts)
    baselines.set(address, { copiedEver, bytesCopied: totals?.bytes.copied ?? 0 });
  return baselines;
};

/**
 * The stored report as one run sees it: what an earlier run copied was, for this one, already there. The balance of every
 * account stays what it was.
 */
export const runDocument = (
  { writtenAt: _writtenAt, ...report }: ReportDocument,
  baselines: Baselines,
  run: { readonly seconds: number; readonly cost: Cost },
): RunDocument => {
  const perAccount = report.perAccount.map((line) => runLine(line, baselines.get(line.address)));
  return { ...report, ...reportTotals(perAccount), ...run, perAccount };
};

/** A message that was copied in this run and has vanished from the source since is in `copiedEver` but no longer in the balance. */
const runLine = (
  { copiedEver, ...line }: ReportLine,
  baseline: Baseline = { copiedEver: 0, bytesCopied: 0 },
): RunDocument["perAccount"][number] => {
  const { messages, bytes } = line;
  const copied = Math.min(Math.max(copiedEver - baseline.copiedEver, 0), messages.copied);
  return {
    ...line,
    messages: { ...messages, copied, alreadyThere: messages.alreadyThere + messages.copied - copied },
    bytes: { ...bytes, copied: copied === 0 ? 0 : Math.max(bytes.copied - baseline.bytesCopied, 0) },
  };
};
