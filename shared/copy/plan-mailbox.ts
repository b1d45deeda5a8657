import type { Account } from "../contract/account.ts";
import type { PassNumber, Uid } from "../contract/ids.ts";
import { BatchId, type BatchRecord, type FolderRecord } from "../contract/mailbox.ts";
import { isSkipped } from "../folders/folder-profile.ts";
import type { ListedFolder, SurveyedFolder } from "../ports/mail-server.ts";
import { type FolderLoad, formBatches } from "./form-batches.ts";
import { isOutdated, mappedMessages, onTheirWay, voidPart } from "./mapped-messages.ts";
import { type MetFolder, meetFolders } from "./meet-folders.ts";
import { amountLeft, isFinished, type ProgressPorts, showProgress } from "./progress.ts";
import type { Sessions } from "./sessions.ts";
import { intersectionOf, slicesOf, uidRange, unionOf, without } from "./uid-set.ts";
import type { WorkerPorts } from "./worker-ports.ts";

/** So many messages' metadata are held at one time; of the rest only UID and size. */
const slice = 5_000;

type PlanPorts = ProgressPorts & Pick<WorkerPorts, "mailboxes">;

export interface Plan {
  /** All batches of the mailbox; those that are not finished are what the pass has to do. */
  readonly batches: readonly BatchRecord[];
  readonly folders: readonly FolderRecord[];
  /** The folders of the source as the plan found them. */
  readonly survey: readonly SurveyedFolder[];
}

/**
 * Plans one pass over a mailbox: its folders are found or made on the target, what is new at the source is put into
 * batches. Batches that an earlier pass left unfinished are finished first, because only their own intent knows what of them may
 * already be stored. Where there is nothing to copy, the pass can be completed from the same survey, which is all that a mailbox
 * without changes costs.
 *
 * With `refusedOnly` nothing but messages that were refused before is planned; new mail stays for the next pass.
 *
 * It may die anywhere and begin again: messages that stand in a batch already are not put into another one, and the
 * account's `planned` is set only when every batch is stored.
 */
export const planMailbox = async (
  app: PlanPorts,
  sessions: Sessions,
  account: Account,
  pass: PassNumber,
  refusedOnly = false,
): Promise<Plan> => {
  const recorded = await app.mailboxes.folders(account);
  const { met: folders, survey } = await meetFolders(sessions, account, recorded);
  if (recorded.length === 0) await noteSkipped(app, sessions, account, survey, pass);
  const standing = await voidOutdated(app, await app.mailboxes.batches(account), folders);

  const loads: FolderLoad[] = [];
  for (const folder of folders) loads.push(await loadOf(sessions, folder, standing, refusedOnly));
  const planned = newBatches(account, pass, standing, loads);
  for (const batch of planned) await app.mailboxes.createBatch(batch);
  // Behind the batches that it speaks of, and before anything is copied: until then a folder that is met anew is none the worse.
  const records = folders.map((folder) => (refusedOnly ? folder.record : advanced(folder)));
  for (const record of records) if (!recorded.includes(record)) await app.mailboxes.putFolder(record);
  const batches = [...standing, ...planned];
  if (!batches.every(isFinished)) await showProgress(app, account, pass, amountLeft(batches));
  return { batches, folders: records, survey };
};

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

/** New messages, and old ones that are owed, less those that stand in a batch. Bounded by UIDNEXT: `n:*` would always name one message. */
const loadOf = async (
  { source }: Pick<Sessions, "source">,
  { record, source: { uidNext } }: MetFolder,
  batches: readonly BatchRecord[],
  refusedOnly: boolean,
): Promise<FolderLoad> => {
  const { sourcePath, sourceUidValidity, targetPath } = record;
  const { owed, refused } = mappedMessages(batches, record);
  const wanted = without(
    refusedOnly
      ? intersectionOf(owed, refused)
      : unionOf(uidRange(record.plannedBelowUid, uidNext - 1), owed),
    onTheirWay(batches, record),
  );
  const messages: { readonly uid: Uid; readonly size: number }[] = [];
  for (const uids of slicesOf(wanted, slice)) {
    for (const { uid, size } of await source.metadata(sourcePath, uids)) messages.push({ uid, size });
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

/** Remembers that everything below the source's UIDNEXT stands in a batch. */
const advanced = ({ record, source: { uidNext } }: MetFolder): FolderRecord =>
  uidNext > record.plannedBelowUid ? { ...record, plannedBelowUid: uidNext } : record;

const numberOf = ({ batchId }: BatchRecord): number => Number(batchId.slice(7));

const padded = (number: number): string => String(number).padStart(6, "0");
