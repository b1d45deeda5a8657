import type { BatchId, BatchRecord, FolderSummary } from "../contract/mailbox.ts";

/** When a folder was last in order, as its summary says; null of one that never was. */
export type LastInOrder = Pick<FolderSummary, "pass" | "lastBatch"> | null;

/**
 * Whether a batch came after the folder was last in order, so that what it brought is still to be verified. A mailbox that failed for
 * another folder may begin the same pass once more, so the pass alone does not tell, but in summaries that say no more.
 */
export const isSince = (
  { batchId, pass }: Pick<BatchRecord, "batchId" | "pass">,
  inOrder: LastInOrder,
): boolean => {
  if (inOrder === null) return true;
  if (inOrder.lastBatch === undefined) return pass > inOrder.pass;
  return inOrder.lastBatch === null || batchId > inOrder.lastBatch;
};

/** The batch behind which all later ones come; null where there is none. All have been worked off when a folder is in order. */
export const lastBatchOf = (batches: readonly Pick<BatchRecord, "batchId">[]): BatchId | null =>
  batches.reduce<BatchId | null>(
    (last, { batchId }) => (last === null || batchId > last ? batchId : last),
    null,
  );
