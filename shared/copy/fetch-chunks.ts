import type { FolderPath, Uid, UidSet } from "../contract/ids.ts";
import type { MailSession, RawMessage } from "../ports/mail-server.ts";
import { begun } from "./begun.ts";
import { letGo } from "./let-go.ts";
import { readAhead } from "./read-ahead.ts";
import type { Capacity, Room } from "./room.ts";
import { uidSetOf } from "./uid-set.ts";

/** Messages that are appended in one go. */
export interface Chunk {
  readonly messages: readonly RawMessage[];
  readonly bytes: number;
}

/** What is appended in one go: enough messages that round trips do not count, unless a single message is larger. */
const fullest = { messages: 64, bytes: 1_000_000 } as const;

/** The first of many chunks, of which each may have twice the octets of the one before: the target is not to be idle until so many have come. */
const firstBytes = 64_000;

/** Octets of messages that are fetched while what was fetched before is being written. */
const mostAhead = 500_000;

/**
 * Fetches messages in chunks, ascending by UID as far as the server answers so. While a chunk is worked on the next ones are on
 * their way, so that source and target are busy at the same time. Messages that are gone by now are missing.
 */
export const fetchChunks = (
  source: Pick<MailSession, "fetch">,
  path: FolderPath,
  uids: UidSet,
): AsyncIterable<Chunk> =>
  readAhead(chunksOf(source.fetch(path, uids), firstBytes), ({ bytes }) => bytes, mostAhead);

/**
 * Fetches messages, from now on, and holds them until they are taken: whatever the source is asked meanwhile is answered behind them. A
 * source that tells sizes below those of what it sends could fill any memory with them, so what there is no room for is let go, and
 * fetched once more when its turn comes.
 */
export const fetchWhole = (
  source: Pick<MailSession, "fetch">,
  path: FolderPath,
  uids: UidSet,
  room: Room,
): AsyncIterable<Chunk> => {
  const withoutRoom: Uid[] = [];
  const chunks = thoseWithRoom(chunksOf(source.fetch(path, uids), fullest.bytes), room, withoutRoom);
  const held = begun(readAhead(chunks, ({ bytes }) => bytes, Number.POSITIVE_INFINITY));
  const taken = (async function* () {
    for await (const chunk of held) {
      yield chunk;
      room.leave(takenBy(chunk));
    }
    if (withoutRoom.length > 0) yield* fetchChunks(source, path, uidSetOf(withoutRoom));
  })();
  return {
    [Symbol.asyncIterator]: () => ({
      next: () => taken.next(),
      return: async () => {
        await held[Symbol.asyncIterator]().return?.();
        return taken.return();
      },
    }),
  };
};

async function* thoseWithRoom(
  chunks: AsyncIterable<Chunk>,
  room: Room,
  withoutRoom: Uid[],
): AsyncGenerator<Chunk> {
  for await (const chunk of chunks) {
    // In their order: behind one that has no room none is held.
    if (withoutRoom.length === 0 && room.tryEnter(takenBy(chunk))) {
      yield chunk;
      continue;
    }
    for (const { uid, raw } of chunk.messages) {
      withoutRoom.push(uid);
      letGo(raw);
    }
  }
}

const takenBy = ({ messages, bytes }: Chunk): Capacity => ({ pieces: messages.length, weight: bytes });

async function* chunksOf(fetched: AsyncIterable<RawMessage>, mostAtFirst: number): AsyncGenerator<Chunk> {
  let messages: RawMessage[] = [];
  let bytes = 0;
  let most = mostAtFirst;
  for await (const message of fetched) {
    const isFull = messages.length >= fullest.messages || bytes + message.raw.length > most;
    if (isFull && messages.length > 0) {
      yield { messages, bytes };
      most = Math.min(2 * most, fullest.bytes);
      messages = [];
      bytes = 0;
    }
    messages.push(message);
    bytes += message.raw.length;
  }
  if (messages.length > 0) yield { messages, bytes };
}
