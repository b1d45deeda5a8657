import type { FolderPath, UidSet } from "../contract/ids.ts";
import type { BatchRecord, FolderRecord } from "../contract/mailbox.ts";
import { archiveViewOf, copiedBeside, labelsOf } from "../folders/archive-view.ts";
import type { SurveyedFolder } from "../ports/mail-server.ts";
import { amendParts, withoutTargets } from "./amend-parts.ts";
import { digestOf } from "./content-identity.ts";
import { mappedMessages, onTheirWay, pairsAt, recordedParts } from "./mapped-messages.ts";
import type { Sessions } from "./sessions.ts";
import { sourceUidsOf } from "./uid-map.ts";
import { emptyUidSet, intersectionOf, unionOf, without } from "./uid-set.ts";
import type { WorkerPorts } from "./worker-ports.ts";

/** Archived mail that only a view of all mail shows. */
export interface SourceArchive {
  readonly path: FolderPath;
  /** What the folders looked like before the archived mail was looked for; null where the survey does not tell of each. */
  readonly asOf: string | null;
  /** The UIDs, in the view, of the messages that lie in no folder that is copied. */
  uids(): Promise<UidSet>;
}

/**
 * Finds the archived mail of a source; null where it has a folder of its own or cannot be told from other mail.
 *
 * A message keeps its UID in the view when it is archived, so that UIDNEXT does not show it. But it leaves another folder then, and it
 * comes to one when it is labelled: as long as the view and every folder beside it have the UIDNEXT and the number of messages that they
 * had, nothing came to any of them and so nothing left one, and the archived mail is what it was.
 */
export const sourceArchive = async (
  { source, profiles }: Pick<Sessions, "source" | "profiles">,
  survey: readonly SurveyedFolder[],
): Promise<SourceArchive | null> => {
  const view = archiveViewOf(survey, profiles.source);
  if (view === undefined) return null;
  const { path } = view;
  const beside = copiedBeside(survey, profiles.source);
  return {
    path,
    asOf: await looksOf([view, ...beside]),
    uids: () => source.uidsWithout(path, labelsOf(beside)),
  };
};

/**
 * Takes out of the records what was removed from the target and is archived again, because a UID of the view may go and come again, so
 * that it is owed. Returns the batches as they are then.
 */
export const oweReturned = async (
  app: Pick<WorkerPorts, "mailboxes">,
  archive: SourceArchive | null,
  records: readonly FolderRecord[],
  batches: readonly BatchRecord[],
): Promise<readonly BatchRecord[]> => {
  const record = records.find(({ sourcePath }) => sourcePath === archive?.path);
  if (archive === null || record === undefined) return batches;
  const removed = unionOf(
    ...recordedParts(batches, record).map(({ progress }) => progress.removed ?? emptyUidSet),
  );
  if (removed === emptyUidSet || isAsBefore(archive, record)) return batches;
  const returned = intersectionOf(removed, await archive.uids());
  if (returned === emptyUidSet) return batches;
  return amendParts(app, record, batches, (part) => {
    const back = intersectionOf(part.progress.removed ?? emptyUidSet, returned);
    if (back === emptyUidSet) return null;
    const targets = new Set(pairsAt([part], back).map(([, target]) => target));
    const { progress, ...rest } = withoutTargets(part, targets);
    return {
      ...rest,
      progress: { ...progress, removed: without(progress.removed ?? emptyUidSet, back) },
    };
  });
};

/** The archived messages that are to be planned: those that no batch has dealt with, and those that are owed. */
export const archivedToPlan = async (
  archive: SourceArchive,
  record: FolderRecord,
  batches: readonly BatchRecord[],
  refusedOnly: boolean,
): Promise<UidSet> => {
  const { owed, refused } = mappedMessages(batches, record);
  const again = refusedOnly ? intersectionOf(owed, refused) : owed;
  if (again === emptyUidSet && (refusedOnly || isAsBefore(archive, record))) return emptyUidSet;
  const archived = await archive.uids();
  if (refusedOnly) return intersectionOf(archived, again);
  return without(archived, unionOf(stored(record, batches), onTheirWay(batches, record)));
};

/** The archived messages that were planned; what was archived since is the next pass's, as new mail is. */
export const archivedAsPlanned = async (
  archive: SourceArchive,
  record: FolderRecord,
  batches: readonly BatchRecord[],
): Promise<UidSet> => {
  const { owed } = mappedMessages(batches, record);
  return intersectionOf(await archive.uids(), unionOf(stored(record, batches), owed));
};

/** The record once the archived mail was looked for. */
export const lookedFor = (record: FolderRecord, archive: SourceArchive | null): FolderRecord =>
  archive?.path !== record.sourcePath || isAsBefore(archive, record)
    ? record
    : withLooks(record, archive.asOf);

/** The record for the end of a pass: where something has changed since it was planned, the next pass is to look again. */
export const unlessChanged = (record: FolderRecord, archive: SourceArchive | null): FolderRecord =>
  archive?.path !== record.sourcePath || isAsBefore(archive, record) ? record : withLooks(record, null);

const withLooks = ({ archivedAsOf: _before, ...record }: FolderRecord, asOf: string | null): FolderRecord =>
  asOf === null ? record : { ...record, archivedAsOf: asOf };

const isAsBefore = ({ asOf }: SourceArchive, { archivedAsOf }: FolderRecord): boolean =>
  asOf !== null && asOf === archivedAsOf;

/** Written or recognised, and not removed from the target since. */
const stored = (record: FolderRecord, batches: readonly BatchRecord[]): UidSet =>
  unionOf(
    ...recordedParts(batches, record).map(({ progress }) =>
      without(
        unionOf(...[progress.copied, progress.alreadyThere].map(sourceUidsOf)),
        progress.removed ?? emptyUidSet,
      ),
    ),
  );

const looksOf = async (folders: readonly SurveyedFolder[]): Promise<string | null> => {
  const looks: unknown[] = [];
  for (const { path, specialUse, status } of folders) {
    if (status === null) return null;
    const { uidValidity, uidNext, messages } = status;
    looks.push([path, specialUse, uidValidity, uidNext, messages]);
  }
  return digestOf(new TextEncoder().encode(JSON.stringify(looks)));
};
