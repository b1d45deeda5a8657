import type { FolderPath } from "../contract/ids.ts";
import type { MailSession, MessageMetadata, RawMessage } from "../ports/mail-server.ts";
import { readAhead } from "./read-ahead.ts";
import { uidSetOf } from "./uid-set.ts";

/** What is appended in one go: enough messages that round trips do not count, unless a single message is larger. */
const fullest = { messages: 64, bytes: 2_000_000 } as const;

/** Octets of messages that are fetched while what was fetched before is being written. */
const mostAhead = 4_000_000;

/**
 * Fetches messages in chunks, ascending by UID as far as the server answers so. While a chunk is worked on the next ones are on
 * their way, so that source and target are busy at the same time. Messages that are gone by now are missing.
 */
export async function* fetchChunks(
  source: Pick<MailSession, "fetch">,
  path: FolderPath,
  listed: readonly MessageMetadata[],
): AsyncGenerator<readonly RawMessage[]> {
  if (listed.length === 0) return;
  const uids = uidSetOf(listed.map(({ uid }) => uid));
  let chunk: RawMessage[] = [];
  let bytes = 0;
  for await (const message of readAhead(source.fetch(path, uids), ({ raw }) => raw.length, mostAhead)) {
    const isFull = chunk.length >= fullest.messages || bytes + message.raw.length > fullest.bytes;
    if (isFull && chunk.length > 0) {
      yield chunk;
      chunk = [];
      bytes = 0;
    }
    chunk.push(message);
    bytes += message.raw.length;
  }
  if (chunk.length > 0) yield chunk;
}
