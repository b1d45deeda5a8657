import type { FolderPath, UidSet } from "../contract/ids.ts";
import type { MailSession, RawMessage } from "../ports/mail-server.ts";
import { readAhead } from "./read-ahead.ts";

/** Messages that are appended in one go. */
export interface Chunk {
  readonly messages: readonly RawMessage[];
  readonly bytes: number;
}

/** What is appended in one go: enough messages that round trips do not count, unless a single message is larger. */
const fullest = { messages: 64, bytes: 1_000_000 } as const;

/** Whether messages come as far as they are taken, or all of them at once. */
export type ReadingManner = "as it is taken" | "whole";

/** Octets of messages that are fetched while what was fetched before is being written. */
const mostAhead = { "as it is taken": 500_000, whole: Number.POSITIVE_INFINITY } as const;

/**
 * Fetches messages in chunks, ascending by UID as far as the server answers so. While a chunk is worked on the next ones are on
 * their way, so that source and target are busy at the same time. Messages that are gone by now are missing.
 */
export const fetchChunks = (
  source: Pick<MailSession, "fetch">,
  path: FolderPath,
  uids: UidSet,
  manner: ReadingManner,
): AsyncIterable<Chunk> =>
  readAhead(chunksOf(source.fetch(path, uids)), ({ bytes }) => bytes, mostAhead[manner]);

async function* chunksOf(fetched: AsyncIterable<RawMessage>): AsyncGenerator<Chunk> {
  let messages: RawMessage[] = [];
  let bytes = 0;
  for await (const message of fetched) {
    const isFull = messages.length >= fullest.messages || bytes + message.raw.length > fullest.bytes;
    if (isFull && messages.length > 0) {
      yield { messages, bytes };
      messages = [];
      bytes = 0;
    }
    messages.push(message);
    bytes += message.raw.length;
  }
  if (messages.length > 0) yield { messages, bytes };
}
