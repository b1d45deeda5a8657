import type { Uid, UidSet } from "../contract/ids.ts";
import type { FolderRecord } from "../contract/mailbox.ts";
import type { MessageMetadata } from "../ports/mail-server.ts";
import { pairsAt, type RecordedPart } from "./mapped-messages.ts";
import { quietly } from "./quietly.ts";
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
  /** What the visit knows of them at the source; null where it has to be asked. */
  readonly seen: Metadata | null;
}

/** The metadata of a part's messages on both sides. */
export interface ReadPart extends PartToRead {
  readonly sources: Metadata;
  readonly targets: Metadata;
}

type Metadata = ReadonlyMap<Uid, MessageMetadata>;

/** What of a folder is read. */
interface Wanted {
  /** Each message is read with the first part that has it. */
  readonly parts: readonly RecordedPart[];
  /** Source UIDs. */
  readonly present: UidSet;
  /** What the visit knows of the source already; null when nothing. */
  readonly seen: SeenFolder | null;
}

/** Which messages are read with which part. */
export function* partsToRead({ parts, present, seen }: Wanted): Generator<PartToRead> {
  let read = emptyUidSet;
  for (const part of parts) {
    const uids = without(intersectionOf(present, part.uids), read);
    if (uids === emptyUidSet) continue;
    read = unionOf(read, uids);
    const known = seen?.metadata(uids) ?? null;
    yield { part, uids, pairs: pairsAt([part], uids), seen: known === null ? null : byUid(known) };
  }
}

/** A part has at most as many messages as a batch: so many of them are on their way or held at a time. */
const partsAtOnce = 3;

/** Parts on their way, to be taken once. */
export interface PartsReading extends AsyncIterable<ReadPart> {
  /** Returns when nothing of what was asked for is under way, which whoever takes none of them has to wait for. */
  settle(): Promise<void>;
}

/**
 * Reads the metadata of both sides part by part, in their order. The first are asked for at once, together, and each further one as soon
 * as one has been taken: the servers answer while what came before is compared.
 */
export const readParts = (
  sessions: Sessions,
  folder: FolderRecord,
  parts: Iterable<PartToRead>,
): PartsReading => {
  const left = parts[Symbol.iterator]();
  const coming: Promise<ReadPart>[] = [];
  const ask = (): void => {
    for (let next = left.next(); next.done !== true; next = left.next()) {
      coming.push(quietly(bothSides(sessions, folder, next.value)));
      if (coming.length === partsAtOnce) return;
    }
  };
  ask();
  const settle = async (): Promise<void> => {
    await Promise.allSettled(coming);
  };
  return { [Symbol.asyncIterator]: () => taken(coming, ask, settle), settle };
};

async function* taken(
  coming: Promise<ReadPart>[],
  ask: () => void,
  settle: () => Promise<void>,
): AsyncGenerator<ReadPart> {
  try {
    for (let part = coming.shift(); part !== undefined; part = coming.shift()) {
      yield await part;
      ask();
    }
  } finally {
    // Whoever stops in the middle leaves nothing running behind.
    await settle();
  }
}

const bothSides = async (
  { source, target }: Sessions,
  { sourcePath, targetPath }: FolderRecord,
  part: PartToRead,
): Promise<ReadPart> => {
  const { uids, pairs, seen } = part;
  const written = uidSetOf(pairs.map(([, uid]) => uid));
  const [sources, targets] = await Promise.all([
    seen ?? source.metadata(sourcePath, uids).then(byUid),
    written === emptyUidSet ? byUid([]) : target.metadata(targetPath, written).then(byUid),
  ]);
  return { ...part, sources, targets };
};

const byUid = (messages: readonly MessageMetadata[]): Metadata =>
  new Map(messages.map((message) => [message.uid, message]));
