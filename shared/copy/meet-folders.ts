import { isMailferryError, MailferryError } from "../contract/errors.ts";
import type { FolderPath } from "../contract/ids.ts";
import type { FolderRecord } from "../contract/mailbox.ts";
import { holdableSegments } from "../folders/holdable-name.ts";
import { type PlannedFolder, planFolders } from "../folders/plan-folders.ts";
import type { FolderStatus, MailSession, SurveyedFolder } from "../ports/mail-server.ts";
import type { MailboxKey } from "../ports/mailbox-store.ts";
import type { Sessions } from "./sessions.ts";

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
 * A folder that cannot be opened or created is left out; the completion of the pass says so.
 */
export const meetFolders = async (
  sessions: Sessions,
  mailbox: MailboxKey,
  recorded: readonly FolderRecord[],
): Promise<Meeting> => {
  const [source, target] = await Promise.all([sessions.source.survey(), sessions.target.survey()]);
  const expected = newMessages(source, recorded);
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
  const targets = new Map(target.map(({ path, status }) => [path, status]));
  const met: MetFolder[] = [];
  for (const folder of source) {
    const record = known.get(folder.path);
    const meeting = await unlessUnusable(() =>
      record === undefined
        ? meetNew(sessions, mailbox, folder, planned.get(folder.path))
        : meetAgain(sessions, record, folder.status, targets.get(record.targetPath) ?? null),
    );
    if (meeting !== null) met.push(meeting);
  }
  const statuses = new Map(met.map(({ record, source: status }) => [record.sourcePath, status]));
  const survey = source.map((folder) => ({ ...folder, status: statuses.get(folder.path) ?? folder.status }));
  return { met, survey };
};

/** How many there may be at most, as far as the survey tells: enough to get ready for them while the folders are met. */
const newMessages = (source: readonly SurveyedFolder[], recorded: readonly FolderRecord[]): number => {
  const plannedBelow = new Map(recorded.map((record) => [record.sourcePath, record.plannedBelowUid]));
  return source.reduce((sum, { path, status }) => {
    if (status === null) return sum;
    return sum + Math.min(status.messages, status.uidNext - (plannedBelow.get(path) ?? 1));
  }, 0);
};

/** Makes the target folder of a planned one where it is not there, under a plainer name if it cannot have its own. @throws FolderUnusable */
export const openTarget = async (
  { target }: Pick<Sessions, "target">,
  { existing, segments }: PlannedFolder,
): Promise<FolderPath> => {
  if (existing !== null) return existing;
  try {
    return await target.createFolder(segments);
  } catch (thrown) {
    if (!isMailferryError(thrown, "FolderUnusable")) throw thrown;
    return orElse(() => target.createFolder(holdableSegments(segments)), thrown);
  }
};

/** What the server said of the folder's own name is what a person needs to know. */
const orElse = async (create: () => Promise<FolderPath>, reason: MailferryError): Promise<FolderPath> => {
  try {
    return await create();
  } catch (thrown) {
    throw isMailferryError(thrown, "FolderUnusable") ? reason : thrown;
  }
};

const meetNew = async (
  sessions: Sessions,
  mailbox: MailboxKey,
  folder: SurveyedFolder,
  planned: PlannedFolder | undefined,
): Promise<MetFolder | null> => {
  if (planned === undefined) return null;
  const source = folder.status ?? (await sessions.source.folderStatus(folder.path));
  if (source === null) return null;
  const targetPath = await openTarget(sessions, planned);
  if (folder.subscribed) await sessions.target.subscribe(targetPath);
  const target = await statusOfTarget(sessions.target, mailbox, targetPath);
  const { provenance } = planned;
  return {
    record: newRecord(mailbox, { sourcePath: folder.path, targetPath, provenance }, source, target),
    source,
    target,
  };
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
  folder: Pick<FolderRecord, "sourcePath" | "targetPath" | "provenance">,
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
});

const unlessUnusable = async <Result>(meet: () => Promise<Result>): Promise<Result | null> => {
  try {
    return await meet();
  } catch (thrown) {
    if (isMailferryError(thrown, "FolderUnusable")) return null;
    throw thrown;
  }
};
