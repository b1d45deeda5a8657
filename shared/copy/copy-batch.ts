import type { PassNumber, UidSet } from "../contract/ids.ts";
import { type BatchPart, type BatchRecord, type FolderRecord, RefusedMessage } from "../contract/mailbox.ts";
import type { FolderStatus } from "../ports/mail-server.ts";
import type { BatchReading } from "./batch-reading.ts";
import { type CopyCourse, type CopyScope, copyPart, type IntendedPart, type Refusal } from "./copy-part.ts";
import { claimedUids, isOutdated, mappedMessages, voidPart } from "./mapped-messages.ts";
import { onHeels } from "./on-heels.ts";
import { partStatuses } from "./part-statuses.ts";
import { quietly } from "./quietly.ts";
import { refusalClass, shortened } from "./refusal.ts";
import type { SeenMessages } from "./seen-messages.ts";
import type { Sessions } from "./sessions.ts";
import { sourceUidsOf } from "./uid-map.ts";
import { intersectionOf, uidsIn, unionOf } from "./uid-set.ts";
import { WayToTarget } from "./way-to-target.ts";
import type { WorkerPorts } from "./worker-ports.ts";

/** Recorded parts are written to the store once they hold this many messages, and at the batch's end: small folders share a write. */
const messagesPerRecord = 500;

/** What has become of a batch. */
export interface CopiedBatch {
  readonly batch: BatchRecord;
  /** When it is recorded so. */
  readonly recorded: Promise<void>;
}

/** How a batch is copied. */
export interface BatchCourse extends Pick<CopyCourse, "beforeChunk"> {
  /** From its beginning. */
  readonly reading: BatchReading;
  /** When the batch before is recorded: until then nothing of this one is written. */
  readonly mayWrite: Promise<unknown>;
  /** The target's folders as they were asked for when everything that was appended before was answered; see `targetStatuses`. */
  readonly targets: Promise<readonly (FolderStatus | null)[]>;
  /** Called when the source has given everything and is free, while the rest is still being appended. */
  whenRead(): void;
  /** Called when everything that was appended is answered, while it is yet to be recorded. */
  whenAppended(): void;
}

/** One batch with what surrounds it. */
export interface BatchScope {
  readonly batch: BatchRecord;
  /** All batches of the mailbox. */
  readonly batches: readonly BatchRecord[];
  readonly folders: readonly FolderRecord[];
  readonly pass: PassNumber;
  readonly targetHost: string;
  /** Where the visit remembers what it reads of the source. @default nowhere */
  readonly seen?: SeenMessages | undefined;
  /** Whether its intent was stored this very moment, so that nothing of it can have been written. */
  readonly isIntended: boolean;
}

type CopyPorts = Pick<WorkerPorts, "mailboxes">;

/**
 * Copies a batch exactly once, whatever dies: before anything is written, the intent of every part is stored, naming the UID
 * from which on the target holds what this batch wrote. A part that is found intended was interrupted, so the target is
 * looked at first. Parts whose folder was replaced are ended empty; the completion of the pass says so.
 *
 * Returns the batch as it then is, while that is being recorded: the intent of the next one may be stored along with it, because either
 * holds without the other. @throws also what `mayWrite` fails with
 */
export const copyBatch = async (
  app: CopyPorts,
  sessions: Sessions,
  scope: BatchScope,
  course: BatchCourse,
): Promise<CopiedBatch> => {
  const { reading } = course;
  const folders = new Map(scope.folders.map((folder) => [folder.sourcePath, folder]));
  let batch = scope.isIntended ? scope.batch : await intend(app, course, scope.batch, folders);
  await course.mayWrite;
  const due = batch.parts.flatMap((part, index) => {
    const folder = folders.get(part.sourcePath);
    return isIntended(part) && folder !== undefined ? [{ part, index, folder }] : [];
  });
  await reading.goOnWith(new Set(due.map(({ index }) => index)));
  const way = new WayToTarget();
  let unwritten = 0;
  await onHeels(due, {
    // The messages of a part follow those of the one before: nobody waits for what that one came to.
    begin: async ({ part, index, folder }, { letNext, requireHope }) => {
      const claims: CopyScope = {
        earlierBelow: folder.targetUidNextAtFirst,
        claimed: claimedUids(scope.batches, folder),
        targetHost: scope.targetHost,
        seen: scope.seen,
      };
      return copyPart(sessions, part, claims, {
        ...{ reading: await reading.part(index), way },
        beforeChunk: () => {
          requireHope();
          course.beforeChunk();
        },
        whenRead: () => {
          if (!reading.next()) course.whenRead();
          letNext();
        },
      });
    },
    whenDone: () => course.whenAppended(),
    use: async ({ part, index, folder }, { progress, refusals }) => {
      for (const refusal of refusals) await recordRefusal(app, scope, part, refusal);
      const taken = [progress.copied, progress.alreadyThere].map(sourceUidsOf);
      await forgetOvercome(app, scope, folder, unionOf(...taken));
      batch = withPart(batch, index, { ...part, progress });
      unwritten += part.messages;
      if (unwritten < messagesPerRecord || index === due.at(-1)?.index) return;
      unwritten = 0;
      await app.mailboxes.putBatch(batch);
    },
  });
  const recorded = unwritten === 0 ? Promise.resolve() : app.mailboxes.putBatch(batch);
  return { batch, recorded: quietly(recorded) };
};

/** Stores the intent of all parts that have none, and of those that have one that they are taken up, in one write. */
const intend = async (
  app: CopyPorts,
  { reading, targets }: Pick<BatchCourse, "reading" | "targets">,
  batch: BatchRecord,
  folders: ReadonlyMap<string, FolderRecord>,
): Promise<BatchRecord> => {
  const [sourcesNow, targetsNow] = await Promise.all([reading.statuses, targets]);
  const parts = batch.parts.map((part, index) => {
    if (part.progress.state === "recorded") return part;
    const now = { source: sourcesNow[index] ?? null, target: targetsNow[index] ?? null };
    return intendedPart(part, folders.get(part.sourcePath), now);
  });
  if (parts.every((part, index) => part === batch.parts[index])) return batch;
  await app.mailboxes.putBatch({ ...batch, parts });
  return { ...batch, parts };
};

/**
 * The target folders of a batch' parts, in their order; null where one is gone or its part is recorded. To be asked when nothing that
 * was appended is unanswered: from this UIDNEXT on the target holds what the batch is going to write.
 */
export const targetStatuses = (
  { target }: Pick<Sessions, "target">,
  { parts }: BatchRecord,
): Promise<readonly (FolderStatus | null)[]> => partStatuses(target, parts, ({ targetPath }) => targetPath);

const intendedPart = (
  part: BatchPart,
  folder: FolderRecord | undefined,
  { source, target }: { readonly source: FolderStatus | null; readonly target: FolderStatus | null },
): BatchPart => {
  const isReplaced =
    folder === undefined ||
    isOutdated(part, folder) ||
    source?.uidValidity !== part.sourceUidValidity ||
    target?.uidValidity !== folder.targetUidValidity;
  if (isReplaced || target === null) {
    return voidPart(part, { targetUidValidity: folder?.targetUidValidity ?? part.sourceUidValidity });
  }
  if (isIntended(part)) {
    const { takenUp = 0 } = part.progress;
    return { ...part, progress: { ...part.progress, takenUp: takenUp + 1 } };
  }
  const { uidValidity, uidNext } = target;
  return { ...part, progress: { state: "intended", targetUidValidity: uidValidity, targetUidNext: uidNext } };
};

/** Kept before the part is recorded: a refusal that is counted can always be named. */
const recordRefusal = async (
  app: CopyPorts,
  { batch: { migrationId, address }, pass }: BatchScope,
  { sourcePath, sourceUidValidity }: BatchPart,
  { message: { uid, size, internalDate }, subject, code, words }: Refusal,
): Promise<void> => {
  const said = code === null ? words : `[${code}] ${words}`;
  await app.mailboxes.putRefused(
    RefusedMessage.parse({
      migrationId,
      address,
      sourcePath,
      sourceUidValidity,
      uid,
      pass,
      size,
      internalDate,
      subject,
      class: refusalClass(code, words),
      words: shortened(said),
    }),
  );
};

/** Before the part is recorded, too: who reads that a message was copied is not told as well that it was refused before. */
const forgetOvercome = async (
  { mailboxes }: CopyPorts,
  { batch, batches }: BatchScope,
  folder: FolderRecord,
  taken: UidSet,
): Promise<void> => {
  const { sourcePath, sourceUidValidity } = folder;
  for (const uid of uidsIn(intersectionOf(mappedMessages(batches, folder).refused, taken)))
    await mailboxes.deleteRefused(batch, { sourcePath, sourceUidValidity, uid });
};

const isIntended = (part: BatchPart): part is IntendedPart => part.progress.state === "intended";

const withPart = (batch: BatchRecord, index: number, part: BatchPart): BatchRecord => ({
  ...batch,
  parts: batch.parts.map((other, place) => (place === index ? part : other)),
});
