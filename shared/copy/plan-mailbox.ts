import { forEachBounded } from "../accounts/for-each-bounded.ts";
import type { Account } from "../contract/account.ts";
import type { PassNumber } from "../contract/ids.ts";
import { BatchId, type BatchPart, type BatchRecord, type FolderRecord } from "../contract/mailbox.ts";
import { isSkipped } from "../folders/folder-profile.ts";
import type { ListedFolder, MessageSize, SurveyedFolder } from "../ports/mail-server.ts";
import { type FolderLoad, formBatches } from "./form-batches.ts";
import type { MailboxRecords } from "./mailbox-records.ts";
import { isOutdated, mappedMessages, onTheirWay, voidPart } from "./mapped-messages.ts";
import { type MetFolder, meetFolders } from "./meet-folders.ts";
import { isFinished } from "./progress.ts";
import { SeenMessages } from "./seen-messages.ts";
import type { Sessions } from "./sessions.ts";
import { readAtOnce, SizesAhead, sizesSlice } from "./sizes-ahead.ts";
import {
  archivedToPlan,
  lookedFor,
  oweReturned,
  type SourceArchive,
  sourceArchive,
} from "./source-archive.ts";
import { intersectionOf, slicesOf, uidRange, unionOf, without } from "./uid-set.ts";
import type { WorkerPorts } from "./worker-ports.ts";

/** Batches or folders that are stored at once: a large mailbox has dozens of them. */
const writtenAtOnce = 24;

type PlanPorts = Pick<WorkerPorts, "mailboxes">;

export interface PlanScope {
  readonly account: Account;
  readonly pass: PassNumber;
  /** Nothing but messages that were refused before is planned; new mail stays for the next pass. */
  readonly refusedOnly: boolean;
  /** What is recorded, read while the mailbox was entered. */
  readonly records: Promise<MailboxRecords>;
  /** Whether the first of what is planned is copied at once, so that it can be stored along with its intent. */
  readonly isCopiedAtOnce: (first: BatchRecord) => Promise<boolean>;
  /** Told of that batch before it is stored: it may be read meanwhile. */
  readonly whenFormed?: (first: BatchRecord, folders: readonly FolderRecord[]) => void;
}

export interface Plan {
  /** All batches of the mailbox; those that are not finished are what the pass has to do. */
  readonly batches: readonly BatchRecord[];
  readonly folders: readonly FolderRecord[];
  /** The batch that was stored along with its intent; null when there is none. */
  readonly intended: BatchId | null;
  /** The folders of the source as the plan found them. */
  readonly survey: readonly SurveyedFolder[];
  /** Which messages are to be copied; what they are is learnt by reading them. */
  readonly seen: SeenMessages;
}

/**
 * Plans one pass over a mailbox: its folders are found or made on the target, what is new at the source is put into
 * batches. Batches that an earlier pass left unfinished are finished first, because only their own intent knows what of them may
 * already be stored. Where there is nothing to copy, the pass can be completed from the same survey, which is all that a mailbox
 * without changes costs.
 *
 * It may die anywhere and begin again: messages that stand in a batch already are not put into another one. The account's `planned` is
 * the caller's to set, when every batch and folder is stored.
 */
export const planMailbox = async (
  app: PlanPorts,
  sessions: Sessions,
  { account, pass, refusedOnly, records: read, isCopiedAtOnce, whenFormed }: PlanScope,
): Promise<Plan> => {
  const { folders: recorded, batches: stored } = await read;
  const ahead = new SizesAhead(sessions.source);
  const { met: folders, survey } = await meetFolders(sessions, account, recorded, (expected) => {
    // A view of all mail is asked which of its messages lie nowhere else; of refused ones only few are read.
    if (!refusedOnly && sessions.profiles.source.archive === null) ahead.begin(expected);
  });
  if (recorded.length === 0) await noteSkipped(app, sessions, account, survey, pass);
  const archive = await sourceArchive(sessions, survey);
  const valid = await voidOutdated(app, stored, folders);
  const asMet = folders.map(({ record }) => record);
  const standing = refusedOnly ? valid : await oweReturned(app, archive, asMet, valid);

  const seen = new SeenMessages();
  const loads: FolderLoad[] = [];
  await forEachBounded([...folders.entries()], readAtOnce, async ([index, folder]) => {
    loads[index] = await loadOf(folder, { batches: standing, refusedOnly, archive, seen, ahead });
  });
  const formed = newBatches(account, pass, standing, loads);
  const [foremost] = formed;
  const isAtOnce = foremost !== undefined && standing.every(isFinished) && (await isCopiedAtOnce(foremost));
  const [planned, intended] = isAtOnce ? withIntent(formed, folders) : [formed, null];
  const [first] = planned;
  if (first !== undefined && intended !== null) whenFormed?.(first, asMet);
  // One that is there already was stored by somebody else: what intent it carries is not known, so it gets one like any other.
  let isIntended = intended !== null;
  await forEachBounded(planned, writtenAtOnce, async (batch) => {
    const isCreated = await app.mailboxes.createBatch(batch);
    if (!isCreated && batch.batchId === intended) isIntended = false;
  });
  // Behind the batches that it speaks of, and before anything is copied: until then a folder that is met anew is none the worse.
  const records = folders.map((folder) => (refusedOnly ? folder.record : advanced(folder, archive)));
  await putFolders(
    app,
    records.filter((record) => !recorded.includes(record)),
  );
  const batches = [...standing, ...(isIntended ? planned : formed)];
  return { batches, folders: records, survey, seen, intended: isIntended ? intended : null };
};

/**
 * Whichever of them an attempt that died leaves out is met again where it was: nobody else has its target. But who serves a role is known
 * by being the only one of that role without a record, so that those who do are stored before the others.
 */
const putFolders = async ({ mailboxes }: PlanPorts, records: readonly FolderRecord[]): Promise<void> => {
  const [serving, others] = [records.filter(servesRole), records.filter((record) => !servesRole(record))];
  for (const group of [serving, others])
    await forEachBounded(group, writtenAtOnce, (record) => mailboxes.putFolder(record));
};

const servesRole = ({ provenance }: FolderRecord): boolean =>
  provenance === "special-use" || provenance === "name-table";

/** Names the folders that are left out, once: what is not copied must not go unsaid. */
const noteSkipped = async (
  app: PlanPorts,
  { profiles }: Pick<Sessions, "profiles">,
  { migrationId, address }: Account,
  survey: readonly ListedFolder[],
  pass: PassNumber,
): Promise<void> => {
  for (const folder of survey) {
    if (!folder.selectable || !isSkipped(folder, profiles.source)) continue;
    await app.mailboxes.putSummary({
      ...{ migrationId, address, pass },
      sourcePath: folder.path,
      targetPath: folder.path,
      provenance: "skipped",
      ...{ source: 0, copied: 0, alreadyThere: 0, refused: 0, bytes: 0 },
    });
  }
};

/** Ends the parts whose folders were replaced since they were planned: their messages are planned anew. */
const voidOutdated = async (
  app: PlanPorts,
  batches: readonly BatchRecord[],
  folders: readonly MetFolder[],
): Promise<readonly BatchRecord[]> => {
  const records = new Map(folders.map(({ record }) => [record.sourcePath, record]));
  const standing: BatchRecord[] = [];
  for (const batch of batches) {
    const parts = batch.parts.map((part) => {
      const folder = records.get(part.sourcePath);
      if (part.progress.state === "recorded" || folder === undefined || !isOutdated(part, folder))
        return part;
      return voidPart(part, folder);
    });
    const isChanged = parts.some((part, index) => part !== batch.parts[index]);
    if (isChanged) await app.mailboxes.putBatch({ ...batch, parts });
    standing.push(isChanged ? { ...batch, parts } : batch);
  }
  return standing;
};

/** What the load of every folder is made from. */
interface LoadScope {
  readonly batches: readonly BatchRecord[];
  readonly refusedOnly: boolean;
  readonly archive: SourceArchive | null;
  readonly seen: SeenMessages;
  readonly ahead: SizesAhead;
}

/** New messages, and old ones that are owed, less those that stand in a batch. Bounded by UIDNEXT: `n:*` would always name one message. */
const loadOf = async (
  { record, source: status }: MetFolder,
  { batches, refusedOnly, archive, seen, ahead }: LoadScope,
): Promise<FolderLoad> => {
  const { sourcePath, sourceUidValidity, targetPath } = record;
  const { owed, refused } = mappedMessages(batches, record);
  const wanted =
    sourcePath === archive?.path
      ? await archivedToPlan(archive, record, batches, refusedOnly)
      : without(
          refusedOnly
            ? intersectionOf(owed, refused)
            : unionOf(uidRange(record.plannedBelowUid, status.uidNext - 1), owed),
          onTheirWay(batches, record),
        );
  const messages: MessageSize[] = [];
  for (const uids of slicesOf(wanted, sizesSlice)) {
    const read = await ahead.read(sourcePath, uids);
    seen.note(sourcePath, status, uids, read);
    messages.push(...read);
  }
  return { sourcePath, sourceUidValidity, targetPath, messages };
};

const newBatches = (
  { migrationId, address }: Account,
  pass: PassNumber,
  standing: readonly BatchRecord[],
  loads: readonly FolderLoad[],
): readonly BatchRecord[] => {
  const last = Math.max(0, ...standing.filter((batch) => batch.pass === pass).map(numberOf));
  return formBatches(loads).map((parts, index) => ({
    migrationId,
    address,
    batchId: BatchId.parse(`${padded(pass)}-${padded(last + index + 1)}`),
    pass,
    parts: [...parts],
  }));
};

/**
 * The first batch with the intent that its copying begins with. The folders were met a moment ago: nothing of it can have a lower UID
 * than the target was to give out then.
 */
const withIntent = (
  batches: readonly BatchRecord[],
  folders: readonly MetFolder[],
): readonly [batches: readonly BatchRecord[], intended: BatchId | null] => {
  const [first, ...others] = batches;
  if (first === undefined) return [batches, null];
  const met = new Map(folders.map((folder) => [folder.record.sourcePath, folder]));
  const parts = first.parts.map((part): BatchPart => {
    const target = met.get(part.sourcePath)?.target;
    if (target === undefined) return part;
    const { uidValidity: targetUidValidity, uidNext: targetUidNext } = target;
    return { ...part, progress: { state: "intended", targetUidValidity, targetUidNext } };
  });
  return [[{ ...first, parts }, ...others], first.batchId];
};

/** Remembers that everything below the source's UIDNEXT stands in a batch. */
const advanced = (
  { record, source: { uidNext } }: MetFolder,
  archive: SourceArchive | null,
): FolderRecord => {
  const met = uidNext > record.plannedBelowUid ? { ...record, plannedBelowUid: uidNext } : record;
  return lookedFor(met, archive);
};

const numberOf = ({ batchId }: BatchRecord): number => Number(batchId.slice(7));

const padded = (number: number): string => String(number).padStart(6, "0");
