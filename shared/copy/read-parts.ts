import type { Uid, UidSet } from "../contract/ids.ts";
import type { FolderRecord } from "../contract/mailbox.ts";
import type { MessageMetadata } from "../ports/mail-server.ts";
import { pairsAt, type RecordedPart } from "./mapped-messages.ts";
import { readAhead } from "./read-ahead.ts";
import type { SeenFolder } from "./seen-messages.ts";
import type { Sessions } from "./sessions.ts";
import type { UidPair } from "./uid-map.ts";
import { emptyUidSet, intersectionOf, uidSetOf, unionOf, without } from "./uid-set.ts";

/** The messages of a part that are read with it. */
export interface PartToRead {
  readonly part: RecordedPart;
  /** Source UIDs that are asked for. */
  readonly uids: UidSet;
  /** The pairs of these messages. */
  readonly pairs: readonly UidPair[];
}

/** The metadata of a part's messages on both sides. */
export interface ReadPart extends PartToRead {
  readonly sources: ReadonlyMap<Uid, MessageMetadata>;
  readonly targets: ReadonlyMap<Uid, MessageMetadata>;
}

/** What of a folder is read. */
export interface PartsToRead {
  /** Each message is read with the first part that has it. */
  readonly parts: readonly RecordedPart[];
  /** Source UIDs. */
  readonly present: UidSet;
  /** What the visit knows of the source already; null when nothing. */
  readonly seen: SeenFolder | null;
}

/**
 * Reads the metadata of both sides part by part. While one part is compared the next one is on its way, and no more than that is held:
 * a part has at most as many messages as a batch.
 */
export const readParts = (
  sessions: Sessions,
  folder: FolderRecord,
  wanted: PartsToRead,
): AsyncIterable<ReadPart> => readAhead(partByPart(sessions, folder, wanted), () => 1, 1);

/** Which messages are read with which part. */
export function* pairsToRead({
  parts,
  present,
}: Pick<PartsToRead, "parts" | "present">): Generator<PartToRead> {
  let read = emptyUidSet;
  for (const part of parts) {
    const uids = without(intersectionOf(present, part.uids), read);
    if (uids === emptyUidSet) continue;
    read = unionOf(read, uids);
    yield { part, uids, pairs: pairsAt([part], uids) };
  }
}

async function* partByPart(
  { source, target }: Sessions,
  { sourcePath, targetPath }: FolderRecord,
  { parts, present, seen }: PartsToRead,
): AsyncGenerator<ReadPart> {
  for (const { part, uids, pairs } of pairsToRead({ parts, present })) {
    const written = uidSetOf(pairs.map(([, uid]) => uid));
    const [sources, targets] = await Promise.all([
      seen?.metadata(uids) ?? source.metadata(sourcePath, uids),
      written === emptyUidSet ? [] : target.metadata(targetPath, written),
    ]);
    yield { part, uids, pairs, sources: byUid(sources), targets: byUid(targets) };
  }
}

const byUid = (messages: readonly MessageMetadata[]): ReadonlyMap<Uid, MessageMetadata> =>
  new Map(messages.map((message) => [message.uid, message]));
