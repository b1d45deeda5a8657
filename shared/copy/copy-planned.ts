import type { Account } from "../contract/account.ts";
import type { PassNumber } from "../contract/ids.ts";
import type { BatchRecord, FolderRecord } from "../contract/mailbox.ts";
import { copyBatch } from "./copy-batch.ts";
import { amountLeft, isFinished, type ProgressPorts, showProgress } from "./progress.ts";
import type { Sessions } from "./sessions.ts";
import type { WorkerPorts } from "./worker-ports.ts";

/** Batches of one mailbox to be copied in one visit. */
export interface CopyPlan {
  readonly account: Account;
  readonly pass: PassNumber;
  /** All batches of the mailbox, as they are stored. */
  readonly batches: readonly BatchRecord[];
  readonly folders: readonly FolderRecord[];
  readonly targetHost: string;
  /** Which of the unfinished ones are copied now; asked before each, so that it may depend on the time. */
  isDue(batch: BatchRecord): boolean;
  /** Whether the pass is completed right behind the last batch, which would overwrite its progress at once. */
  readonly completes: boolean;
  /** Called before anything is fetched or written; may throw to stop in good time. */
  beforeChunk(): void;
}

/**
 * Copies what is due of a mailbox' batches, one after the other in their order, and returns all of them as they then are. Each is
 * recorded before the next begins, so whatever dies leaves at most one in doubt.
 */
export const copyPlanned = async (
  app: ProgressPorts & Pick<WorkerPorts, "mailboxes">,
  sessions: Sessions,
  plan: CopyPlan,
): Promise<readonly BatchRecord[]> => {
  const { account, folders, pass, targetHost } = plan;
  let batches = plan.batches;
  for (const batch of plan.batches) {
    if (isFinished(batch) || !plan.isDue(batch)) continue;
    const scope = { batch, batches, folders, pass, targetHost };
    const copied = await copyBatch(app, sessions, scope, () => plan.beforeChunk());
    batches = batches.map((other) => (other.batchId === copied.batchId ? copied : other));
    const left = amountLeft(batches);
    if (left.batches > 0 || !plan.completes)
      await showProgress(app, account, pass, left, copied.parts.at(-1)?.sourcePath);
  }
  return batches;
};
