import { isMailferryError, MailferryError } from "../contract/errors.ts";
import type { FolderPath } from "../contract/ids.ts";
import type { FolderRecord } from "../contract/mailbox.ts";
import { type PlannedFolder, planFolders } from "../folders/plan-folders.ts";
import type { FolderStatus, ListedFolder, MailSession } from "../ports/mail-server.ts";
import type { MailboxKey } from "../ports/mailbox-store.ts";
import type { Sessions } from "./sessions.ts";

/** A source folder with its target, both there and both the ones that are recorded. */
export interface MetFolder {
  readonly record: FolderRecord;
  readonly source: FolderStatus;
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
): Promise<readonly MetFolder[]> => {
  const [source, target] = await Promise.all([sessions.source.listFolders(), sessions.target.listFolders()]);
  const there = new Set(target.map(({ path }) => path));
  const known = new Map(
    recorded.filter(({ targetPath }) => there.has(targetPath)).map((record) => [record.sourcePath, record]),
  );
  const settled = new Map([...known.values()].map((record) => [record.sourcePath, record.targetPath]));
  const planned = new Map(planFolders(source, target, settled).map((folder) => [folder.source.path, folder]));
  const met: MetFolder[] = [];
  for (const folder of source) {
    const record = known.get(folder.path);
    const meeting = await unlessUnusable(() =>
      record === undefined
        ? meetNew(sessions, mailbox, folder, planned.get(folder.path))
        : meetAgain(sessions, record),
    );
    if (meeting !== null) met.push(meeting);
  }
  return met;
};

/** Makes the target folder of a planned one where it is not there. @throws FolderUnusable */
export const openTarget = (
  { target }: Pick<Sessions, "target">,
  planned: PlannedFolder,
): Promise<FolderPath> =>
  planned.existing === null ? target.createFolder(planned.segments) : Promise.resolve(planned.existing);

const meetNew = async (
  sessions: Sessions,
  mailbox: MailboxKey,
  folder: ListedFolder,
  planned: PlannedFolder | undefined,
): Promise<MetFolder | null> => {
  if (planned === undefined) return null;
  const source = await sessions.source.folderStatus(folder.path);
  if (source === null) return null;
  const targetPath = await openTarget(sessions, planned);
  if (folder.subscribed) await sessions.target.subscribe(targetPath);
  const target = await statusOfTarget(sessions.target, mailbox, targetPath);
  const { provenance } = planned;
  return {
    record: newRecord(mailbox, { sourcePath: folder.path, targetPath, provenance }, source, target),
    source,
  };
};

const meetAgain = async (sessions: Sessions, record: FolderRecord): Promise<MetFolder | null> => {
  const [source, target] = await Promise.all([
    sessions.source.folderStatus(record.sourcePath),
    statusOfTarget(sessions.target, record, record.targetPath),
  ]);
  if (source === null) return null;
  const isSame =
    source.uidValidity === record.sourceUidValidity && target.uidValidity === record.targetUidValidity;
  return { record: isSame ? record : newRecord(record, record, source, target), source };
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
