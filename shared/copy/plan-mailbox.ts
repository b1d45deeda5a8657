import { MailboxWork } from "../../events/mailbox-work.ts";
import type { Account } from "../contract/account.ts";
import type { PassNumber } from "../contract/ids.ts";
import { BatchId, type BatchRecord } from "../contract/mailbox.ts";
import { type FolderLoad, formBatches } from "./form-batches.ts";
import { isOutdated, mappedMessages, onTheirWay, voidPart } from "./mapped-messages.ts";
import { type MetFolder, meetFolders } from "./meet-folders.ts";
import { amountLeft, isFinished, showProgress } from "./progress.ts";
import type { Sessions } from "./sessions.ts";
import { uidRange, unionOf, without } from "./uid-set.ts";
import type { WorkerPorts } from "./worker-ports.ts";

type PlanPorts = Pick<WorkerPorts, "accounts" | "clock" | "mailboxes" | "workQueue">;

/**
 * Plans one pass over a mailbox: its folders are found or made on the target, what is new at the source is put into
 * batches, and the batches with the completion behind them go on the queue. Batches that an earlier pass left unfinished
 * are finished first, because only their own intent knows what of them may already be stored.
 *
 * It may die anywhere and begin again: messages that stand in a batch already are not put into another one, and the
 * account's `planned` is set only when every batch is stored.
 */
export const planMailbox = async (
  app: PlanPorts,
  sessions: Sessions,
  account: Account,
  pass: PassNumber,
): Promise<void> => {
  const recorded = await app.mailboxes.folders(account);
  const folders = await meetFolders(sessions, account, recorded);
  for (const { record } of folders) if (!recorded.includes(record)) await app.mailboxes.putFolder(record);
  const standing = await voidOutdated(app, await app.mailboxes.batches(account), folders);

  const loads: FolderLoad[] = [];
  for (const folder of folders) loads.push(await loadOf(sessions, folder, standing));
  const planned = newBatches(account, pass, standing, loads);
  for (const batch of planned) await app.mailboxes.createBatch(batch);
  for (const folder of folders) await advance(app, folder);
  await sendPlan(app, account, pass, [...standing, ...planned]);
};

/**
 * Puts what is unfinished on the queue, and only when all of it is accepted the completion: a request may be accepted in part,
 * and a completion before its batches would find them missing. Sending again does no harm.
 */
export const sendPlan = async (
  app: PlanPorts,
  account: Account,
  pass: PassNumber,
  batches: readonly BatchRecord[],
): Promise<void> => {
  const { migrationId, address } = account;
  const unfinished = batches.filter((batch) => !isFinished(batch));
  await showProgress(app, account, pass, amountLeft(unfinished));
  const copies = unfinished.map(({ batchId }) =>
    MailboxWork.parse({ work: "copy", migrationId, address, pass, batchId }),
  );
  if (copies.length > 0) await app.workQueue.send(copies);
  await app.workQueue.send([MailboxWork.parse({ work: "complete", migrationId, address, pass })]);
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
): Promise<FolderLoad> => {
  const { sourcePath, sourceUidValidity, targetPath } = record;
  const wanted = without(
    unionOf(uidRange(record.plannedBelowUid, uidNext - 1), mappedMessages(batches, record).owed),
    onTheirWay(batches, record),
  );
  const messages = wanted === "" ? [] : await source.metadata(sourcePath, wanted);
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

const advance = async (app: PlanPorts, { record, source: { uidNext } }: MetFolder): Promise<void> => {
  if (uidNext > record.plannedBelowUid)
    await app.mailboxes.putFolder({ ...record, plannedBelowUid: uidNext });
};

const numberOf = ({ batchId }: BatchRecord): number => Number(batchId.slice(7));

const padded = (number: number): string => String(number).padStart(6, "0");
