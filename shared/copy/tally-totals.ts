import type { BatchRecord, FolderRecord, FolderSummary } from "../contract/mailbox.ts";
import { sumOfVerifications } from "../contract/verification.ts";
import { countMapped } from "./uid-map.ts";

/** Messages that were ever written to the target, also to folders that are no more. */
export const copiedEver = (batches: readonly BatchRecord[]): number =>
  batches
    .flatMap(({ parts }) => parts)
    .reduce(
      (sum, { progress }) => sum + (progress.state === "recorded" ? countMapped(progress.copied) : 0),
      0,
    );

/** Octets of a folder's messages that were written and not found there, as far as the source still holds them. */
export const copiedBytes = (
  summary: FolderSummary,
  records: readonly FolderRecord[],
  batches: readonly BatchRecord[],
): number => {
  if (summary.copied === summary.source) return summary.bytes;
  const folder = records.find(({ sourcePath }) => sourcePath === summary.sourcePath);
  const written = batches
    .flatMap(({ parts }) => parts)
    .filter(({ sourcePath }) => sourcePath === summary.sourcePath)
    .reduce(
      (sum, { sourceUidValidity, progress }) =>
        progress.state === "recorded" &&
        sourceUidValidity === folder?.sourceUidValidity &&
        progress.targetUidValidity === folder.targetUidValidity
          ? sum + progress.bytesCopied
          : sum,
      0,
    );
  return Math.min(summary.bytes, written);
};

/** The classes of all folders together; nothing as long as one was last verified before there were classes. */
export const verificationOf = (summaries: readonly Pick<FolderSummary, "verification">[]) => {
  const classes = summaries.flatMap(({ verification }) => verification ?? []);
  return classes.length < summaries.length ? {} : sumOfVerifications(classes);
};
