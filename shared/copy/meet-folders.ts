import { MailferryError } from "../contract/errors.ts";
import type { FolderPath } from "../contract/ids.ts";
import type { FolderRecord } from "../contract/mailbox.ts";
import { type PlannedFolder, planFolders } from "../folders/plan-folders.ts";
import type { FolderStatus, MailSession, SurveyedFolder } from "../ports/mail-server.ts";
import type { MailboxKey } from "../ports/mailbox-store.ts";
import { openTargets, usable } from "./open-targets.ts";
import type { Sessions } from "./sessions.ts";
import type { NewMessages } from "./sizes-ahead.ts";
import { subscribeAgain } from "./subscriptions.ts";

/** A source folder with its target, both there and both the ones that are recorded. */
export interface MetFolder {
  readonly record: FolderRecord;
  readonly source: FolderStatus;
  readonly target: FolderStatus;
}

export interface Meeting {
  readonly met: readonly MetFolder[];
  /** Every folder of the source, with its status if it could be asked for. */
  readonly survey: readonly SurveyedFolder[];
}

/**
 * Finds every source folder's target, makes it where there is none and subscribes to it as at the source. A folder that was
 * replaced on either side (UIDVALIDITY), or whose target is gone, is met anew: nothing that was recorded of its messages
 * holds any longer, and what the target holds now will be recognised by content.
 *
 * A folder that cannot be opened or created is left out; the completion of the pass says so. One that the target refuses to subscribe to
 * is met, and its record says so. `whenSurveyed` is told of the new messages of the folders that are going to be met, as far as the survey
 * tells, before anything is made at the target.
 */
export const meetFolders = async (
  sessions: Sessions,
  mailbox: MailboxKey,
  recorded: readonly FolderRecord[],
  whenSurveyed: (expected: readonly NewMessages[]) => void = () => undefined,
): Promise<Meeting> => {
  const [source, target] = await Promise.all([sessions.source.survey(), sessions.target.survey()]);
  const expected = howMany(source, recorded);
  sessions.source.prepare(expected);
  sessions.target.prepare(expected);
  const there = new Set(target.map(({ path }) => path));
  const known = new Map(
    recorded.filter(({ targetPath }) => there.has(targetPath)).map((record) => [record.sourcePath, record]),
  );
  const settled = new Map([...known.values()].map((record) => [record.sourcePath, record.targetPath]));
  const planned = new Map(
    planFolders(source, target, settled, sessions.profiles).map((folder) => [folder.source.path, folder]),
  );
  whenSurveyed(newMessages(source, new Set(planned.keys()), known));
  const statuses = new Map(target.map(({ path, status }) => [path, status]));
  const again = await usable([...source], async ({ path, status }) => {
    const record = known.get(path);
    return record === undefined
      ? null
      : meetAgain(sessions, record, status, statuses.get(record.targetPath) ?? null);
  });
  const subscribed = await subscribeAgain(sessions.target, again, source);
  const unmet = source.flatMap((folder) => {
    const plan = planned.get(folder.path);
    return plan === undefined || known.has(folder.path) ? [] : [{ planned: plan, source: folder.status }];
  });
  const met = new Map(
    [...subscribed, ...(await meetNew(sessions, mailbox, unmet, statuses))].map((folder) => [
      folder.record.sourcePath,
      folder,
    ]),
  );
  return {
    met: source.flatMap(({ path }) => met.get(path) ?? []),
    survey: source.map((folder) => ({ ...folder, status: met.get(folder.path)?.source ?? folder.status })),
  };
};

/** How many there may be at most, as far as the survey tells: enough to get ready for them while the folders are met. */
const howMany = (source: readonly SurveyedFolder[], recorded: readonly FolderRecord[]): number => {
  const plannedBelow = new Map(recorded.map((record) => [record.sourcePath, record.plannedBelowUid]));
  return source.reduce((sum, { path, status }) => {
    if (status === null) return sum;
    return sum + Math.min(status.messages, status.uidNext - (plannedBelow.get(path) ?? 1));
  }, 0);
};

const newMessages = (
  source: readonly SurveyedFolder[],
  planned: ReadonlySet<FolderPath>,
  known: ReadonlyMap<FolderPath, FolderRecord>,
): readonly NewMessages[] =>
  source.flatMap(({ path, status }): NewMessages[] => {
    const record = known.get(path);
    if (status === null || (record === undefined && !planned.has(path))) return [];
    const isSame = record?.sourceUidValidity === status.uidValidity;
    return [{ path, fromUid: isSame ? record.plannedBelowUid : 1, uidNext: status.uidNext }];
  });

/** A folder that is met for the first time. Its status is null where the survey does not tell it. */
interface NewFolder<Status = FolderStatus> {
  readonly planned: PlannedFolder;
  readonly source: Status;
}

/**
 * Whatever is asked of all folders alike is asked of them together, and only of those it does not serve one by one. Nothing of this is
 * remembered by anybody: who does it once more finds the folders that were made, by their names.
 */
const meetNew = async (
  sessions: Sessions,
  mailbox: MailboxKey,
  folders: readonly NewFolder<FolderStatus | null>[],
  statuses: ReadonlyMap<FolderPath, FolderStatus | null>,
): Promise<readonly MetFolder[]> => {
  const readable = await usable(folders, async ({ planned, source }): Promise<NewFolder | null> => {
    const status = source ?? (await sessions.source.folderStatus(planned.source.path));
    return status === null ? null : { planned, source: status };
  });
  const targets = await openTargets(
    sessions.target,
    readable.map(({ planned }) => planned),
    statuses,
  );
  return usable(readable, async ({ planned, source }) => {
    const { provenance } = planned;
    const opened = targets.get(planned);
    if (opened === undefined) return null;
    const { path: targetPath, status, notSubscribed } = opened;
    const target = status ?? (await statusOfTarget(sessions.target, mailbox, targetPath));
    const refusal = notSubscribed ? ({ notSubscribed } as const) : {};
    const folder = { sourcePath: planned.source.path, targetPath, provenance, ...refusal };
    return { record: newRecord(mailbox, folder, source, target), source, target };
  });
};

const meetAgain = async (
  sessions: Sessions,
  record: FolderRecord,
  surveyedSource: FolderStatus | null,
  surveyedTarget: FolderStatus | null,
): Promise<MetFolder | null> => {
  const [source, target] = await Promise.all([
    surveyedSource ?? sessions.source.folderStatus(record.sourcePath),
    surveyedTarget ?? statusOfTarget(sessions.target, record, record.targetPath),
  ]);
  if (source === null) return null;
  const isSame =
    source.uidValidity === record.sourceUidValidity && target.uidValidity === record.targetUidValidity;
  return { record: isSame ? record : newRecord(record, record, source, target), source, target };
};

const statusOfTarget = async (
  session: MailSession,
  { address }: MailboxKey,
  folder: FolderPath,
): Promise<FolderStatus> => {
  const status = await session.folderStatus(folder);
  if (status !== null) return status;
  const words = "it is not there although it was just listed or created";
  throw new MailferryError("FolderUnusable", { folder, mailbox: address, side: "target", words });
};

const newRecord = (
  { migrationId, address }: MailboxKey,
  folder: Pick<FolderRecord, "sourcePath" | "targetPath" | "provenance" | "notSubscribed">,
  source: FolderStatus,
  target: FolderStatus,
): FolderRecord => ({
  migrationId,
  address,
  sourcePath: folder.sourcePath,
  sourceUidValidity: source.uidValidity,
  targetPath: folder.targetPath,
  targetUidValidity: target.uidValidity,
  provenance: folder.provenance,
  targetUidNextAtFirst: target.uidNext,
  plannedBelowUid: 1,
  flagsAsOfModseq: null,
  ...(folder.notSubscribed === undefined ? {} : { notSubscribed: folder.notSubscribed }),
});
