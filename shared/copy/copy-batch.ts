import type { PassNumber } from "../contract/ids.ts";
import { type BatchPart, type BatchRecord, type FolderRecord, RefusedMessage } from "../contract/mailbox.ts";
import { type CopyScope, copyPart, type IntendedPart, type Refusal } from "./copy-part.ts";
import { claimedUids, isOutdated, voidPart } from "./mapped-messages.ts";
import { refusalClass, shortened } from "./refusal.ts";
import type { Sessions } from "./sessions.ts";
import type { WorkerPorts } from "./worker-ports.ts";

/** Recorded parts are written to the store once they hold this many messages, and at the batch's end: small folders share a write. */
const messagesPerRecord = 500;

/** One batch with what surrounds it. */
export interface BatchScope {
  readonly batch: BatchRecord;
  /** All batches of the mailbox. */
  readonly batches: readonly BatchRecord[];
  readonly folders: readonly FolderRecord[];
  readonly pass: PassNumber;
  readonly targetHost: string;
}

type CopyPorts = Pick<WorkerPorts, "mailboxes">;

/**
 * Copies a batch exactly once, whatever dies: before anything is written, the intent of every part is stored, naming the UID
 * from which on the target holds what this batch wrote. A part that is found intended was interrupted, so the target is
 * looked at first. Parts whose folder was replaced are ended empty; the completion of the pass says so.
 *
 * Returns the batch as it is then recorded. `beforeChunk` may throw to stop in good time.
 */
export const copyBatch = async (
  app: CopyPorts,
  sessions: Sessions,
  scope: BatchScope,
  beforeChunk: () => void,
): Promise<BatchRecord> => {
  const folders = new Map(scope.folders.map((folder) => [folder.sourcePath, folder]));
  let batch = await intend(app, sessions, scope.batch, folders);
  let unwritten = 0;
  for (const [index, part] of batch.parts.entries()) {
    const folder = folders.get(part.sourcePath);
    if (!isIntended(part) || folder === undefined) continue;
    const claims: CopyScope = {
      earlierBelow: folder.targetUidNextAtFirst,
      claimed: claimedUids(scope.batches, folder),
      targetHost: scope.targetHost,
    };
    const { progress, refusals } = await copyPart(sessions, part, claims, beforeChunk);
    for (const refusal of refusals) await recordRefusal(app, sessions, scope, part, refusal);
    batch = withPart(batch, index, { ...part, progress });
    unwritten += part.messages;
    if (unwritten >= messagesPerRecord) {
      await app.mailboxes.putBatch(batch);
      unwritten = 0;
    }
  }
  if (unwritten > 0) await app.mailboxes.putBatch(batch);
  return batch;
};

/** Stores the intent of all parts that have none, and of those that have one that they are taken up, in one write. */
const intend = async (
  app: CopyPorts,
  sessions: Sessions,
  batch: BatchRecord,
  folders: ReadonlyMap<string, FolderRecord>,
): Promise<BatchRecord> => {
  const parts: BatchPart[] = [];
  for (const part of batch.parts) {
    const folder = folders.get(part.sourcePath);
    parts.push(part.progress.state === "recorded" ? part : await intendedPart(sessions, part, folder));
  }
  if (parts.every((part, index) => part === batch.parts[index])) return batch;
  await app.mailboxes.putBatch({ ...batch, parts });
  return { ...batch, parts };
};

const intendedPart = async (
  sessions: Sessions,
  part: BatchPart,
  folder: FolderRecord | undefined,
): Promise<BatchPart> => {
  const [source, target] = await Promise.all([
    sessions.source.folderStatus(part.sourcePath),
    sessions.target.folderStatus(part.targetPath),
  ]);
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
  { source }: Pick<Sessions, "source">,
  { batch: { migrationId, address }, pass }: BatchScope,
  { sourcePath, sourceUidValidity }: BatchPart,
  { message: { uid, size, internalDate }, code, words }: Refusal,
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
      subject: await source.subject(sourcePath, uid),
      class: refusalClass(code, words),
      words: shortened(said),
    }),
  );
};

const isIntended = (part: BatchPart): part is IntendedPart => part.progress.state === "intended";

const withPart = (batch: BatchRecord, index: number, part: BatchPart): BatchRecord => ({
  ...batch,
  parts: batch.parts.map((other, place) => (place === index ? part : other)),
});
