import { MailferryError } from "../contract/errors.ts";
import type { UidValidity } from "../contract/ids.ts";
import type { BatchId, BatchRecord, FolderRecord, FolderSummary } from "../contract/mailbox.ts";
import type { FolderStatus, Side } from "../ports/mail-server.ts";
import { markNormalised, owe } from "./amend-parts.ts";
import { bringFlags } from "./bring-flags.ts";
import type { CompletionScope } from "./complete-mailbox.ts";
import { confirmedOf, noteDoubtfulDeletions } from "./doubtful-deletions.ts";
import { hasSameMessages, isUntouched } from "./is-untouched.ts";
import { lastBatchOf } from "./last-in-order.ts";
import { propagateDeletions } from "./propagate-deletions.ts";
import { quietly } from "./quietly.ts";
import type { SeenMessages } from "./seen-messages.ts";
import type { Sessions } from "./sessions.ts";
import { isInDoubt, settleDoubt } from "./settle-doubt.ts";
import type { SharedBatches } from "./shared-batches.ts";
import type { SourceArchive } from "./source-archive.ts";
import { touchedAtTarget } from "./touched-at-target.ts";
import {
  partsSince,
  type ReadingScope,
  readAhead,
  readToVerify,
  type VerificationReading,
} from "./verification-reading.ts";
import { type VerifiedFolder, verifyFolder } from "./verify-folder.ts";
import type { WorkerPorts } from "./worker-ports.ts";

/** What is known of one folder before its pass is completed. */
export interface FolderBefore {
  readonly record: FolderRecord;
  /** As of the last pass in which the folder was in order. */
  readonly previous: FolderSummary | null;
  readonly batches: readonly BatchRecord[];
  /** Where they are stored when they are amended. */
  readonly shared: SharedBatches;
  /** As the survey of the mailbox found the source; null when it is to be asked. */
  readonly surveyed: FolderStatus | null;
  /** What this visit has read of the source's messages. */
  readonly seen: SeenMessages | undefined;
  /** Of a view that shows archived mail; null of an ordinary folder. */
  readonly archive: SourceArchive | null;
}

export interface CompletedFolder {
  readonly summary: FolderSummary;
  readonly failure: MailferryError | null;
}

type FolderPorts = Pick<WorkerPorts, "mailboxes">;

/**
 * Completes one folder. One that nothing happened to since it was last in order costs neither a command nor a write beyond the
 * survey; one whose flags alone changed costs those flags; otherwise what came is verified. Only a folder in order is stored as
 * such, so that what was not verified is looked at again. Null when the source folder is gone. @throws FolderReplaced
 */
export const completeFolder = async (
  app: FolderPorts,
  sessions: Sessions,
  scope: CompletionScope,
  before: FolderBefore,
): Promise<CompletedFolder | null> => {
  const { record, previous, batches, surveyed, archive, seen } = before;
  const found = surveyed ?? (await sessions.source.folderStatus(record.sourcePath));
  if (found === null) return null;
  requireSame("source", record, record.sourceUidValidity, found.uidValidity);
  const isDoubtful = isInDoubt(batches, record) || record.doubtfulDeletions !== undefined;
  const isInOrder = previous !== null && !isDoubtful;
  if (isInOrder && isUntouched({ record, previous, batches, archive }, found, scope.peopleAtTarget)) {
    return { summary: await retold(app, record, previous), failure: null };
  }
  const propagates = scope.deletions === "propagate" && !scope.peopleAtTarget && previous !== null;
  // Asked before the messages are looked at: what changes in between is then seen as a change by the next pass.
  const asked = quietly(
    Promise.all([
      surveyed === null ? found : sessions.source.folderStatus(record.sourcePath),
      sessions.target.folderStatus(record.targetPath),
    ]),
  );
  const readingAsOf = (status: FolderStatus): ReadingScope => ({
    ...{ previous, octetsOf: scope.verify, archive },
    seen: seen?.ifUnchanged(record.sourcePath, status) ?? null,
  });
  // Along with that question, where nothing that is read can be changed by what is done first.
  const ahead = isDoubtful || propagates ? null : readAhead(sessions, record, batches, readingAsOf(found));
  try {
    const [source, target] = await asked;
    if (source === null) return null;
    requireSame("source", record, record.sourceUidValidity, source.uidValidity);
    const reading = readingAsOf(source);
    // What has changed since the survey is to be read as it is now.
    const begun = reading.seen === null ? null : ahead;
    const known = { source, target, isDoubtful, propagates, reading, ahead: begun };
    return await completeFound(app, sessions, scope, before, known);
  } finally {
    // Nothing goes on behind the folder's back, where it never came to the comparison.
    await ahead?.settle();
  }
};

/** What is found of a folder that something happened to. */
interface FoundFolder {
  readonly source: FolderStatus;
  readonly target: FolderStatus | null;
  readonly isDoubtful: boolean;
  readonly propagates: boolean;
  readonly reading: ReadingScope;
  /** What is on its way already; null where it is to begin when the flags are in order. */
  readonly ahead: VerificationReading | null;
}

const completeFound = async (
  app: FolderPorts,
  sessions: Sessions,
  scope: CompletionScope,
  { record, previous, batches, shared, archive }: FolderBefore,
  { source, target, isDoubtful, propagates, reading, ahead }: FoundFolder,
): Promise<CompletedFolder> => {
  const { account, peopleAtTarget } = scope;
  const amending = { mailboxes: shared };
  requireSame("target", record, record.targetUidValidity, target?.uidValidity ?? null);
  const touched = propagates ? await touchedAtTarget(sessions, record) : null;
  const targetUidNext = target?.uidNext ?? 1;
  const doubt = { folder: record, batches, pass: scope.pass, peopleAtTarget, targetUidNext };
  const { batches: settled, doubled } = await settleDoubt(amending, sessions, doubt);
  const failure = doubled === 0 ? null : tooMany(account, record, doubled);
  const { verified } = partsSince(settled, record, previous);
  const { digest, hasWritten } = await bringFlags(sessions, record, verified, peopleAtTarget);
  const flags = { flagsDigest: digest, flagsAsOfModseq: source.highestModseq };
  const unwritten = hasWritten || isDoubtful || propagates ? null : target;
  if (previous !== null && hasSameMessages({ record, previous, batches: settled, archive }, source)) {
    await keep(app, sessions, record, flags, unwritten);
    return { summary: await retold(app, record, previous), failure };
  }
  const folder = await verifyFolder(sessions, record, settled, {
    reading: ahead ?? (await readToVerify(sessions, record, settled, reading)),
    ...{ previous, peopleAtTarget, targetUidNext },
  });
  const verifiedSummary = summaryOf(record, folder, scope.pass, lastBatchOf(settled));
  if (folder.verification.unexplained > 0) {
    await owe(amending, record, settled, folder.missing);
    return { summary: verifiedSummary, failure: unbalanced(account, folder) };
  }
  const marked = await markNormalised(amending, record, settled, folder.normalised);
  const { present } = folder;
  const deletions = propagates
    ? await propagateDeletions(amending, sessions, {
        folder: record,
        batches: marked,
        inOrder: previous,
        present,
        touched,
        confirmed: confirmedOf(account, record),
      })
    : undefined;
  if (deletions !== undefined && "doubtful" in deletions) {
    const doubted = await noteDoubtfulDeletions(app, record, deletions, scope.pass);
    return { summary: verifiedSummary, failure: doubted };
  }
  const summary = { ...verifiedSummary, ...(deletions === undefined ? {} : { deletions }) };
  // Each holds without the other: with its flags unrecorded a folder is gone over once more, and so it is without its summary.
  const kept = quietly(keep(app, sessions, record, flags, folder.hasWritten ? null : unwritten));
  await app.mailboxes.putSummary(summary);
  await kept;
  return { summary, failure };
};

const tooMany = (
  { address }: CompletionScope["account"],
  { targetPath }: FolderRecord,
  count: number,
): MailferryError => new MailferryError("MessagesDoubled", { mailbox: address, folder: targetPath, count });

const unbalanced = ({ address }: CompletionScope["account"], { counts }: VerifiedFolder): MailferryError =>
  new MailferryError("MailboxUnbalanced", { mailbox: address, ...counts });

/**
 * Records how far flags were brought over, after all that was written to the target; by then no deletions are in doubt. `unwritten` is
 * the target as it was asked for behind the last that was written, if it was: what changed since is others' doing.
 */
const keep = async (
  { mailboxes }: FolderPorts,
  { target }: Sessions,
  { doubtfulDeletions: _settled, ...record }: FolderRecord,
  flags: Pick<FolderRecord, "flagsAsOfModseq"> & { readonly flagsDigest: string | undefined },
  unwritten: FolderStatus | null,
): Promise<void> => {
  const { flagsAsOfModseq, flagsDigest } = flags;
  const hasModseqs = target.capabilities.includes("CONDSTORE");
  const status = hasModseqs ? (unwritten ?? (await target.folderStatus(record.targetPath))) : null;
  const targetModseq = status?.highestModseq ?? null;
  const digest = flagsDigest === undefined ? {} : { flagsDigest };
  await mailboxes.putFolder({ ...record, flagsAsOfModseq, targetModseq, ...digest });
};

/** The summary of a folder whose messages are as they were; its subscription may have become another matter since. */
const retold = async (
  { mailboxes }: FolderPorts,
  { notSubscribed }: FolderRecord,
  previous: FolderSummary,
): Promise<FolderSummary> => {
  if (notSubscribed === previous.notSubscribed) return previous;
  const { notSubscribed: _before, ...summary } = previous;
  const now = notSubscribed === undefined ? summary : { ...summary, notSubscribed };
  await mailboxes.putSummary(now);
  return now;
};

const requireSame = (
  side: Side,
  { address, sourcePath, targetPath }: FolderRecord,
  recorded: UidValidity,
  found: UidValidity | null,
): void => {
  if (found === recorded) return;
  const folder = side === "source" ? sourcePath : targetPath;
  throw new MailferryError("FolderReplaced", { folder, mailbox: address, side });
};

const summaryOf = (
  { migrationId, address, sourcePath, targetPath, provenance, archivedAsOf, notSubscribed }: FolderRecord,
  { counts, bytes, verification }: VerifiedFolder,
  pass: FolderSummary["pass"],
  lastBatch: BatchId | null,
): FolderSummary => ({
  ...{ migrationId, address, sourcePath, targetPath, provenance, pass },
  ...counts,
  ...{ bytes, lastBatch },
  ...(archivedAsOf === undefined ? {} : { archivedAsOf }),
  ...(notSubscribed === undefined ? {} : { notSubscribed }),
  verification,
});
