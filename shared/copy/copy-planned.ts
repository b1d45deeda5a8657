import type { Account } from "../contract/account.ts";
import type { PassNumber } from "../contract/ids.ts";
import type { BatchId, BatchRecord, FolderRecord } from "../contract/mailbox.ts";
import { BatchReading } from "./batch-reading.ts";
import { copyBatch, targetStatuses } from "./copy-batch.ts";
import type { FirstReading } from "./first-reading.ts";
import { amountLeft, isFinished, type ProgressPorts, showProgress } from "./progress.ts";
import { quietly } from "./quietly.ts";
import type { SeenMessages } from "./seen-messages.ts";
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
  /** Which of the unfinished ones are copied now; asked before each is read, so that it may depend on the time. */
  isDue(batch: BatchRecord): Promise<boolean>;
  /** Whether the pass is completed right behind the last batch, which would overwrite its progress at once. */
  readonly completes: boolean;
  /** Whose intent the plan has stored this very moment, if it has stored any. */
  readonly intended?: BatchId | null;
  /** That batch, which may be on its way already. */
  readonly first?: FirstReading;
  /** Where the visit remembers what it reads of the source. @default nowhere */
  readonly seen?: SeenMessages;
  /** What is shown of the plan: it is written along with the first batch, and before that one's progress. */
  readonly shown?: Promise<unknown>;
  /** Called before anything is written; may throw to stop in good time. */
  beforeChunk(): void;
  /** Called when all that is due has been read and the source is free, while the last of it is still being appended. */
  readonly whenRead?: () => void;
}

/** A batch that is being read. */
interface OnItsWay {
  readonly batch: BatchRecord;
  readonly reading: BatchReading;
  /** Asked for when everything is answered that the batch before appended. */
  targets: ReturnType<typeof targetStatuses> | null;
}

/**
 * Copies what is due of a mailbox' batches, one after the other in their order, and returns all of them as they then are. Each is
 * recorded before anything of the next is written, so whatever dies leaves at most one in doubt; the next one is read meanwhile, its
 * intent is stored along with that record, and how far the one before has come is shown while it is copied.
 */
export const copyPlanned = async (
  app: ProgressPorts & Pick<WorkerPorts, "mailboxes">,
  sessions: Sessions,
  plan: CopyPlan,
): Promise<readonly BatchRecord[]> => {
  const { account, folders, pass, targetHost } = plan;
  let batches = plan.batches;
  const begin = beginner(sessions, plan);
  let next = quietly(begin());
  let shown: Promise<unknown> = plan.shown ?? Promise.resolve();
  let recorded: Promise<unknown> = Promise.resolve();
  const goOn = (): void => {
    next = quietly(begin().then((following) => whenOver(following, () => plan.whenRead?.())));
  };
  try {
    for (let current = await next; current !== null; current = await next) {
      const { batch, reading } = current;
      const own = next;
      const isIntended = batch.batchId === plan.intended;
      const scope = { batch, batches, folders, pass, targetHost, isIntended, seen: plan.seen };
      const targets = current.targets ?? (isIntended ? Promise.resolve([]) : targetStatuses(sessions, batch));
      const copied = await copyBatch(app, sessions, scope, {
        ...{ reading, targets, mayWrite: recorded },
        beforeChunk: () => plan.beforeChunk(),
        whenRead: goOn,
        whenAppended: () => void quietly(next.then((following) => askTargets(sessions, following))),
      });
      // Where nothing of it could be read.
      if (next === own) goOn();
      batches = batches.map((other) => (other.batchId === batch.batchId ? copied.batch : other));
      recorded = copied.recorded;
      await shown;
      const left = amountLeft(batches);
      if (left.batches > 0 || !plan.completes) {
        const folder = copied.batch.parts.at(-1)?.sourcePath;
        shown = quietly(copied.recorded.then(() => showProgress(app, account, pass, left, folder)));
      }
    }
    await Promise.all([recorded, shown]);
    return batches;
  } finally {
    await Promise.allSettled([next.then((begun) => begun?.reading.leave()), recorded, shown]);
  }
};

const whenOver = (next: OnItsWay | null, tell: () => void): OnItsWay | null => {
  if (next === null) tell();
  return next;
};

const askTargets = (sessions: Sessions, next: OnItsWay | null): void => {
  if (next !== null) next.targets = quietly(targetStatuses(sessions, next.batch));
};

/** Begins to read the next batch that is due, each time it is called; null when there is none. */
const beginner = ({ source }: Pick<Sessions, "source">, plan: CopyPlan): (() => Promise<OnItsWay | null>) => {
  const folders = new Map(plan.folders.map((folder) => [folder.sourcePath, folder]));
  const waiting = plan.batches.filter((batch) => !isFinished(batch));
  return async () => {
    for (let batch = waiting.shift(); batch !== undefined; batch = waiting.shift()) {
      if (!(await plan.isDue(batch))) continue;
      const isAsPlanned = batch.batchId === plan.intended;
      const begun = isAsPlanned ? plan.first?.take(batch.batchId) : undefined;
      const reading = begun ?? new BatchReading(source, batch, folders, isAsPlanned);
      return { batch, reading, targets: null };
    }
    return null;
  };
};
