import type { PassNumber } from "../../../shared/contract/ids.ts";
import { BatchId, type BatchRecord, type FolderRecord } from "../../../shared/contract/mailbox.ts";
import { uidRange } from "../../../shared/copy/uid-set.ts";

/**
 * The new messages of a folder in so many batches, as if the pass that has just ended had planned them and left them: the next one
 * copies them as they are. A plan of its own would put as few as these into a single batch.
 */
export const leftOver = (
  { migrationId, address, sourcePath, sourceUidValidity, targetPath, plannedBelowUid }: FolderRecord,
  pass: PassNumber,
  batches: number,
  messages: readonly { readonly raw: Uint8Array }[],
): readonly BatchRecord[] =>
  Array.from({ length: batches }, (_unused, index) => {
    const [start, end] = [cut(messages.length, index, batches), cut(messages.length, index + 1, batches)];
    const part = {
      ...{ sourcePath, sourceUidValidity, targetPath },
      uids: uidRange(plannedBelowUid + start, plannedBelowUid + end - 1),
      messages: end - start,
      bytes: messages.slice(start, end).reduce((sum, { raw }) => sum + raw.length, 0),
      progress: { state: "planned" as const },
    };
    return { migrationId, address, pass, batchId: idOf(pass, index), parts: [part] };
  });

/** Where a share begins; the shares differ by one message at most. */
const cut = (messages: number, share: number, shares: number): number =>
  Math.floor((messages * share) / shares);

/** Above every number that a plan gives. */
const firstNumber = 900_000;

const idOf = (pass: PassNumber, index: number): BatchId =>
  BatchId.parse(`${String(pass).padStart(6, "0")}-${firstNumber + index}`);
